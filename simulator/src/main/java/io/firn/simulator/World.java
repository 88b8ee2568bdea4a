package io.firn.simulator;

import io.firn.simulator.api.ApiServer;
import io.firn.simulator.api.ApiServerOptions;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.kubelet.Kubelet;
import io.firn.simulator.kubevirt.NodeAgent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The control plane that a cluster stands on: its API server, what somebody else runs there
/// already, and how it reaches the node.
interface World extends AutoCloseable {
  ClusterApi api();

  Present present();

  /// Who asked the API server what, in kube-apiserver's own shape; empty where nobody tells where
  /// that is written.
  default Optional<Path> auditLog() {
    return Optional.empty();
  }

  /// Where the control plane reaches the node.
  default String nodeAddress() {
    return "127.0.0.1";
  }

  /// What the node listens with so that the control plane reaches it; starts after the kubelet.
  List<Controller> ports(Kubelet kubelet, NodeAgent agent);

  /// Whether what the simulator installs is to be removed in the end.
  boolean removesWhatItInstalled();

  /// Faults of requests, where the server can be made to commit them.
  void requestFaults(ClusterFaults faults);

  @Override
  void close();

  static World of(ControlPlane plane, SimulatorOptions options, InstantSource clock) {
    Path folder = options.directory().resolve("apiserver");
    return switch (plane) {
      case ControlPlane.Embedded() ->
          new EmbeddedWorld(
              new EmbeddedApi(
                  ApiServer.start(
                      new ApiServerOptions(folder, options.port(), options.seed(), clock))));
      case ControlPlane.Plane(Path where) ->
          new PlaneWorld(PlaneProperties.read(where), folder, clock);
      case ControlPlane.Existing(Path kubeconfig) -> new ExistingWorld(kubeconfig, folder, clock);
    };
  }
}
