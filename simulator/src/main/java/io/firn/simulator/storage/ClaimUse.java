package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Whether pods use a claim, and the claim's condition `Unused` that says so.
final class ClaimUse {
  private final ApiClient client;
  private final InstantSource clock;

  ClaimUse(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /// Whether a pod that has not ended refers to the claim.
  boolean inUse(ObjectNode claim) {
    return client.list(Types.POD, Meta.namespace(claim), "").stream()
        .anyMatch(pod -> !PodClaims.ended(pod) && PodClaims.of(pod).contains(Meta.name(claim)));
  }

  void tell(ObjectNode claim, boolean used) {
    String status = used ? "False" : "True";
    Optional<ObjectNode> before = condition(claim);
    if (before.map(one -> Fields.text(one, "status").equals(status)).orElse(false)) {
      return;
    }
    client.modifyStatus(Types.CLAIM, ObjectKey.of(claim), told -> write(told, used, status));
  }

  private void write(ObjectNode claim, boolean used, String status) {
    ObjectNode condition =
        condition(claim).orElseGet(() -> Fields.array(claim, "status", "conditions").addObject());
    condition.putNull("lastProbeTime");
    condition.put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    condition.put(
        "message",
        used ? "A pod is currently referencing this PVC" : "No pod is referencing this PVC");
    condition.put("reason", used ? "PodUsingPVC" : "NoPodsUsingPVC");
    condition.put("status", status);
    condition.put("type", "Unused");
  }

  private static Optional<ObjectNode> condition(ObjectNode claim) {
    return Fields.named(Fields.at(claim, "status", "conditions"), "type", "Unused");
  }
}
