package io.firn.simulator;

import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.kubelet.Kubelet;
import io.firn.simulator.kubevirt.NodeAgent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The simulator's own API server, which has nothing yet and asks the kubelet directly.
record EmbeddedWorld(EmbeddedApi api) implements World {
  @Override
  public Present present() {
    return Present.NOTHING;
  }

  @Override
  public Optional<Path> auditLog() {
    return Optional.of(api.server().auditLog());
  }

  @Override
  public List<Controller> ports(Kubelet kubelet, NodeAgent agent) {
    api.server().podLogs(kubelet);
    return List.of();
  }

  @Override
  public boolean removesWhatItInstalled() {
    return false;
  }

  @Override
  public void requestFaults(ClusterFaults faults) {
    api.server().faults(faults);
  }

  @Override
  public void close() {
    api.close();
  }
}
