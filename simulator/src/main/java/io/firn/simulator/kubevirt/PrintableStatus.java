package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import java.util.Optional;
import java.util.Set;

/// The one word that `kubectl get vm` shows; the first that fits, in KubeVirt's order.
enum PrintableStatus {
  TERMINATING("Terminating"),
  STOPPING("Stopping"),
  PAUSED("Paused"),
  RUNNING("Running"),
  ERROR_PVC_NOT_FOUND("ErrorPvcNotFound"),
  DATA_VOLUME_ERROR("DataVolumeError"),
  PROVISIONING("Provisioning"),
  WAITING_FOR_VOLUME_BINDING("WaitingForVolumeBinding"),
  STARTING("Starting"),
  STOPPED("Stopped");

  private static final Set<String> DONE =
      Set.of("Succeeded", "WaitForFirstConsumer", "PendingPopulation");

  private final String word;

  PrintableStatus(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static PrintableStatus of(ObjectNode machine, MachineFacts facts) {
    if (Meta.deleting(machine)) {
      return TERMINATING;
    }
    return facts
        .instance()
        .filter(instance -> !Phases.isFinal(instance) || Meta.deleting(instance))
        .map(instance -> live(machine, instance, facts))
        .orElseGet(() -> idle(facts));
  }

  private static PrintableStatus live(ObjectNode machine, ObjectNode instance, MachineFacts facts) {
    boolean unwanted = RunRequests.decide(machine, Optional.of(instance)) == RunDecision.STOP;
    if (Meta.deleting(instance) || unwanted) {
      return STOPPING;
    }
    if (Conditions.isTrue(instance, "Paused")) {
      return PAUSED;
    }
    if (Phases.of(instance).equals(Phases.RUNNING)) {
      return RUNNING;
    }
    boolean claimMissing =
        Conditions.find(instance, "Synchronized")
            .map(c -> text(c, "reason").equals(ClaimCheck.CLAIM_NOT_FOUND))
            .orElse(false);
    if (claimMissing) {
      return ERROR_PVC_NOT_FOUND;
    }
    PrintableStatus volumes = volumes(facts, false);
    return volumes == STOPPED ? STARTING : volumes;
  }

  private static PrintableStatus idle(MachineFacts facts) {
    return volumes(facts, true);
  }

  private static PrintableStatus volumes(MachineFacts facts, boolean idle) {
    for (ObjectNode volume : facts.volumes()) {
      String phase = text(volume, "status", "phase");
      if (phase.equals("Failed") || isError(volume)) {
        return DATA_VOLUME_ERROR;
      }
    }
    for (ObjectNode volume : facts.volumes()) {
      String phase = text(volume, "status", "phase");
      if (!DONE.contains(phase)) {
        return PROVISIONING;
      }
      if (!idle && !phase.equals("Succeeded")) {
        return WAITING_FOR_VOLUME_BINDING;
      }
    }
    return STOPPED;
  }

  /// CDI's Running condition says that the importer fails again and again.
  private static boolean isError(ObjectNode volume) {
    return Conditions.find(volume, "Running")
        .map(c -> text(c, "status").equals("False") && text(c, "reason").equals("Error"))
        .orElse(false);
  }
}
