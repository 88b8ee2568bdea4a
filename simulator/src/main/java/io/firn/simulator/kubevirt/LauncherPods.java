package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An instance's pods: the launcher, and before it perhaps one that only gives the claims a
/// consumer, so that they are bound where the guest will run.
final class LauncherPods {
  private static final String PROVISIONING = "kubevirt.io/ephemeral-provisioning";
  private static final String GATE = "kubevirt.io/virtual-machine-unpaused";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final ApiClient client;
  private final InstantSource clock;

  LauncherPods(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /// All pods of an instance.
  List<ObjectNode> of(ObjectNode instance) {
    String selector = InstanceBuilder.CREATED_BY + "=" + Meta.uid(instance);
    return client.list(Types.POD, Meta.namespace(instance), selector);
  }

  /// The launchers among them that are neither going nor done.
  List<ObjectNode> launchers(List<ObjectNode> pods) {
    return pods.stream()
        .filter(pod -> !isProvisioning(pod) && !Meta.deleting(pod))
        .filter(pod -> !ENDED.contains(text(pod, "status", "phase")))
        .toList();
  }

  boolean hasProvisioning(List<ObjectNode> pods) {
    return pods.stream().anyMatch(LauncherPods::isProvisioning);
  }

  private static boolean isProvisioning(ObjectNode pod) {
    return Meta.annotated(pod, PROVISIONING);
  }

  void launch(ObjectNode instance, Optional<ObjectNode> backend) {
    client.create(Types.POD, pod(instance, backend));
  }

  void provision(ObjectNode instance, List<ObjectNode> pods) {
    if (!hasProvisioning(pods)) {
      ObjectNode pod = pod(instance, Optional.empty());
      Meta.annotations(pod).put(PROVISIONING, "true");
      client.create(Types.POD, pod);
    }
  }

  void endProvisioning(List<ObjectNode> pods) {
    pods.stream()
        .filter(pod -> isProvisioning(pod) && !Meta.deleting(pod))
        .forEach(pod -> client.delete(Types.POD, ObjectKey.of(pod)));
  }

  private ObjectNode pod(ObjectNode instance, Optional<ObjectNode> backend) {
    return LauncherPod.build(
        instance,
        backend.map(Meta::name),
        claim ->
            client
                .get(Types.CLAIM, Meta.namespace(instance), claim)
                .map(found -> text(found, "spec", "volumeMode").equals("Block"))
                .orElse(false));
  }

  /// Opens or closes the pod's readiness gate.
  void gate(ObjectNode pod, boolean paused) {
    if (Conditions.find(pod, GATE).isPresent() && Conditions.isTrue(pod, GATE) != paused) {
      return;
    }
    client.modifyStatus(
        Types.POD,
        ObjectKey.of(pod),
        found -> {
          ObjectNode condition =
              Conditions.set(
                  found,
                  GATE,
                  !paused,
                  paused ? "Paused" : "NotPaused",
                  "the virtual machine is " + (paused ? "" : "not ") + "paused",
                  clock.instant());
          condition.put("lastProbeTime", Conditions.time(clock.instant()));
        });
  }

  void labelNode(ObjectNode pod) {
    ObjectNode patch = Fields.newObject();
    Fields.object(patch, "metadata", "labels")
        .put(Scheduled.NODE_LABEL, text(pod, "spec", "nodeName"));
    client.patch(Types.POD, ObjectKey.of(pod), patch);
  }
}
