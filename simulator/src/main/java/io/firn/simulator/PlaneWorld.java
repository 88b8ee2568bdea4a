package io.firn.simulator;

import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.kubelet.Kubelet;
import io.firn.simulator.kubelet.KubeletPort;
import io.firn.simulator.kubelet.NodeLease;
import io.firn.simulator.kubevirt.HandlerPort;
import io.firn.simulator.kubevirt.NodeAgent;
import io.firn.simulator.remote.RemoteApi;
import io.firn.simulator.tls.ServerIdentity;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A plane that `simulator/real-cluster/run` has started. Closing this leaves it running.
final class PlaneWorld implements World {
  private final PlaneProperties plane;
  private final RemoteApi api;
  private final InstantSource clock;

  PlaneWorld(PlaneProperties plane, Path folder, InstantSource clock) {
    this.plane = plane;
    this.clock = clock;
    Path admin = plane.path("kubeconfig");
    String own = plane.text("simulator.kubeconfig");
    this.api = new RemoteApi(admin, own.isEmpty() ? admin : Path.of(own), folder);
  }

  @Override
  public ClusterApi api() {
    return api;
  }

  @Override
  public Present present() {
    return plane.present();
  }

  @Override
  public Optional<Path> auditLog() {
    String log = plane.text("audit.log");
    return log.isEmpty() ? Optional.empty() : Optional.of(Path.of(log));
  }

  @Override
  public List<Controller> ports(Kubelet kubelet, NodeAgent agent) {
    List<Controller> ports = new ArrayList<>();
    ports.add(new NodeLease(api.part("kubelet"), clock));
    ports.add(
        new KubeletPort(
            api.part("kubelet"),
            kubelet,
            ServerIdentity.read(plane.path("kubelet.certificate"), plane.path("kubelet.key")),
            authorities("kubelet.client.ca"),
            nodeAddress(),
            clock));
    if (present().kubeVirt()) {
      ports.add(
          new HandlerPort(
              api.part("virt-handler-pod"),
              agent.verbs(),
              ServerIdentity.read(plane.path("handler.certificate"), plane.path("handler.key")),
              ServerIdentity.Authorities.read(plane.path("handler.ca")),
              new InetSocketAddress(
                  plane.require("handler.address"),
                  Integer.parseInt(plane.require("handler.port"))),
              clock));
    }
    return ports;
  }

  private Optional<ServerIdentity.Authorities> authorities(String property) {
    return plane.text(property).isEmpty()
        ? Optional.empty()
        : Optional.of(ServerIdentity.Authorities.read(plane.path(property)));
  }

  @Override
  public String nodeAddress() {
    String address = plane.text("node.address");
    return address.isEmpty() ? "127.0.0.1" : address;
  }

  @Override
  public boolean removesWhatItInstalled() {
    return false;
  }

  @Override
  public void requestFaults(ClusterFaults faults) {
    // A real server is not to be told what to do wrong; who wants that stands in front of it.
  }

  @Override
  public void close() {
    api.close();
  }
}
