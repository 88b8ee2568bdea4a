package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the demo itself asks of the cluster: what a user would ask with kubectl. Thread-safe.
record DemoCluster(Cluster cluster) {
  /// Real control planes take their time, on a busy machine more than that.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  void apply(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      cluster.objects().create(object, false);
    }
  }

  /// Waits until KubeVirt says that a machine is in a state (`Running`, `Stopped`).
  void awaitMachine(String namespace, String name, String status) {
    await(
        ObjectRef.of(Kinds.VIRTUAL_MACHINE, namespace, name),
        "to be " + status,
        vm -> vm.path("status").path("printableStatus").asText().equals(status));
  }

  void awaitAgent(String namespace, String name) {
    await(
        ObjectRef.of(Kinds.INSTANCE, namespace, name),
        "to have its guest agent connected",
        vmi -> isTrue(vmi, "AgentConnected"));
  }

  void awaitInstance(String namespace, String name) {
    await(
        ObjectRef.of(Kinds.INSTANCE, namespace, name),
        "to run",
        vmi -> vmi.path("status").path("phase").asText().equals("Running"));
  }

  void awaitReplicas(String namespace, String name, int replicas) {
    await(
        ObjectRef.of(Kinds.REPLICA_SET, namespace, name),
        "to have " + replicas + " instances",
        set -> set.path("status").path("readyReplicas").asInt() == replicas);
  }

  /// Deletes a namespace and waits until all of it is gone.
  void deleteNamespace(String name) {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", name);
    cluster.objects().delete(ref, ClusterObjects.Propagation.BACKGROUND, Optional.empty());
    try {
      cluster.objects().await(ref, Optional::isEmpty, PATIENCE);
    } catch (ClusterException e) {
      throw new DemoFailure(
          "namespace " + name + " is not gone after five minutes: " + e.getMessage());
    }
  }

  Optional<ObjectNode> get(ResourceKind kind, String namespace, String name) {
    return cluster.objects().get(ObjectRef.of(kind, namespace, name));
  }

  List<ObjectNode> list(ResourceKind kind, String namespace) {
    return cluster.objects().list(kind, namespace, "");
  }

  /// The CSI handle of the volume behind a claim.
  String volumeHandle(String namespace, String claim) {
    String volume =
        get(Kinds.CLAIM, namespace, claim)
            .map(pvc -> pvc.path("spec").path("volumeName").asText())
            .orElseThrow(() -> new DemoFailure("claim " + namespace + "/" + claim + " is gone"));
    return get(Kinds.VOLUME, "", volume)
        .map(pv -> pv.path("spec").path("csi").path("volumeHandle").asText())
        .orElseThrow(() -> new DemoFailure("volume " + volume + " is gone"));
  }

  /// The launcher pod of an instance that runs now.
  String launcherPod(String namespace, String instance) {
    return cluster
        .objects()
        .list(Kinds.POD, namespace, "kubevirt.io=virt-launcher,vm.kubevirt.io/name=" + instance)
        .stream()
        .filter(pod -> pod.path("status").path("phase").asText().equals("Running"))
        .map(pod -> pod.path("metadata").path("name").asText())
        .findFirst()
        .orElseThrow(
            () -> new DemoFailure("no launcher pod runs for " + namespace + "/" + instance));
  }

  private void await(ObjectRef ref, String what, Predicate<ObjectNode> condition) {
    try {
      cluster.objects().await(ref, object -> object.filter(condition).isPresent(), PATIENCE);
    } catch (ClusterException e) {
      String state =
          cluster.objects().get(ref).map(o -> o.path("status").toString()).orElse("absent");
      throw new DemoFailure(
          "waited for " + ref + " " + what + ": " + e.getMessage() + "; its status: " + state);
    }
  }

  private static boolean isTrue(JsonNode object, String condition) {
    for (JsonNode each : object.path("status").path("conditions")) {
      if (each.path("type").asText().equals(condition)) {
        return each.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
