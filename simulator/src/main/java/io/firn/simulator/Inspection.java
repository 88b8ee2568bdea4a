package io.firn.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.util.List;
import java.util.Optional;

/// What runs in a cluster that was there before the simulator came.
record Inspection(ApiClient client) {
  private static final ResourceType NODE = ResourceType.cluster("", "v1", "nodes", "Node");
  private static final ResourceType DEPLOYMENT =
      ResourceType.namespaced("apps", "v1", "deployments", "Deployment");

  /// Somebody else's definition means that he runs what acts on its objects.
  Present present() {
    return new Present(
        true,
        foreign("virtualmachines.kubevirt.io"),
        foreign("datavolumes.cdi.kubevirt.io"),
        foreign("volumesnapshots.snapshot.storage.k8s.io") && snapshotController());
  }

  private boolean foreign(String definition) {
    Optional<ObjectNode> found = client.get(Types.CRD, "", definition);
    return found.isPresent() && !Installed.isMarked(found.get());
  }

  private boolean snapshotController() {
    return client.list(DEPLOYMENT, "", "").stream()
        .anyMatch(one -> Meta.name(one).contains("snapshot-controller"));
  }

  /// Volumes and guests are on this machine: a pod that a node elsewhere got could not reach them.
  void requireNoNodes() {
    List<String> nodes =
        client.list(NODE, "", "").stream()
            .filter(node -> !Installed.isMarked(node))
            .filter(node -> !Fields.at(node, "spec", "unschedulable").asBoolean())
            .map(Meta::name)
            .toList();
    if (!nodes.isEmpty()) {
      throw new IllegalStateException(
          "the cluster has nodes of its own ("
              + String.join(", ", nodes)
              + "): pods that they get cannot reach the simulator's volumes and guests, which are"
              + " on this machine. Cordon them (kubectl cordon), or use a cluster without nodes.");
    }
  }
}
