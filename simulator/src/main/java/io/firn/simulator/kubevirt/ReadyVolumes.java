package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// How an instance tells of its volumes: conditions DataVolumesReady and, where a claim is missing,
/// Synchronized.
final class ReadyVolumes {
  private static final String TYPE = "DataVolumesReady";

  private ReadyVolumes() {}

  static void tell(ObjectNode instance, ClaimCheck.Verdict verdict, Instant now) {
    switch (verdict) {
      case ClaimCheck.Verdict.Ready(boolean dataVolumes) -> {
        Conditions.remove(instance, "Synchronized");
        if (dataVolumes) {
          set(instance, true, "AllDVsReady", "All of the VMI's DVs are bound and ready", now);
        }
      }
      case ClaimCheck.Verdict.Filling _, ClaimCheck.Verdict.WaitingForConsumer _ -> {
        Conditions.remove(instance, "Synchronized");
        set(instance, false, "NotAllDVsReady", "Not all of the VMI's DVs are ready", now);
      }
      case ClaimCheck.Verdict.Missing(String message) ->
          Conditions.set(instance, "Synchronized", false, ClaimCheck.CLAIM_NOT_FOUND, message, now);
    }
  }

  /// KubeVirt gives this condition no transition time.
  private static void set(
      ObjectNode instance, boolean status, String reason, String message, Instant now) {
    Conditions.set(instance, TYPE, status, reason, message, now).putNull("lastTransitionTime");
  }
}
