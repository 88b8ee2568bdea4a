package io.firn.simulator;

import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.kubelet.Kubelet;
import io.firn.simulator.kubelet.KubeletPort;
import io.firn.simulator.kubelet.NodeLease;
import io.firn.simulator.kubevirt.NodeAgent;
import io.firn.simulator.remote.RemoteApi;
import io.firn.simulator.tls.LoopbackIdentity;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A cluster that runs already, on this machine. What is there stays; what is missing is installed,
/// and removed in the end.
final class ExistingWorld implements World {
  private static final System.Logger LOG = System.getLogger(ExistingWorld.class.getName());
  private static final ResourceType NODE = ResourceType.cluster("", "v1", "nodes", "Node");
  private static final ResourceType LEASE =
      ResourceType.namespaced("coordination.k8s.io", "v1", "leases", "Lease");

  private final RemoteApi api;
  private final Path folder;
  private final InstantSource clock;
  private final Present present;

  /// An IllegalStateException where the cluster is none that the simulator can add a node to.
  ExistingWorld(Path kubeconfig, Path folder, InstantSource clock) {
    this.api = new RemoteApi(kubeconfig, kubeconfig, folder);
    this.folder = folder;
    this.clock = clock;
    try {
      Inspection inspection = new Inspection(api.part("installer"));
      inspection.requireNoNodes();
      this.present = inspection.present();
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
  }

  @Override
  public ClusterApi api() {
    return api;
  }

  @Override
  public Present present() {
    return present;
  }

  @Override
  public List<Controller> ports(Kubelet kubelet, NodeAgent agent) {
    List<Controller> ports = new ArrayList<>();
    ports.add(new NodeLease(api.part("kubelet"), clock));
    ports.add(
        new KubeletPort(
            api.part("kubelet"),
            kubelet,
            LoopbackIdentity.in(folder, "kubelet"),
            Optional.empty(),
            nodeAddress(),
            clock));
    if (present.kubeVirt()) {
      ports.add(HandlerSecrets.port(api.part("virt-handler-pod"), agent.verbs(), folder, clock));
    }
    return ports;
  }

  @Override
  public boolean removesWhatItInstalled() {
    return true;
  }

  @Override
  public void requestFaults(ClusterFaults faults) {
    // A real server is not to be told what to do wrong; who wants that stands in front of it.
  }

  /// The node goes last: its parts have ended by now.
  @Override
  public void close() {
    try {
      ApiClient client = api.part("installer");
      client.delete(NODE, new ObjectKey("", "node1"));
      client.delete(LEASE, new ObjectKey("kube-node-lease", "node1"));
    } catch (ApiFailure e) {
      // The cluster is going, too; the next simulator knows the node by its mark.
      LOG.log(Level.DEBUG, "removal of the node", e);
    } finally {
      api.close();
    }
  }
}
