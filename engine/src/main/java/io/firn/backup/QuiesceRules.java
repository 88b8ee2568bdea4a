package io.firn.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.Optional;
import java.util.Set;

/// How a machine can be held still, by the state that KubeVirt reports: the rules of KubeVirt's own
/// snapshot controller (freeze only with an agent and not while paused), and what forbids a backup
/// altogether.
record QuiesceRules(ClusterLookup lookup, Findings findings) {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  QuiescePlan plan(Machines.Machine machine) {
    forbid(machine);
    Optional<ObjectNode> found =
        machine.isInstance()
            ? Optional.of(machine.object())
            : lookup.find(Kinds.INSTANCE, machine.instance());
    Optional<ObjectNode> live =
        found.filter(instance -> !OVER.contains(instance.at("/status/phase").asText()));
    if (live.isPresent()) {
      return running(machine.instance(), live.get());
    }
    Optional<String> unknown =
        found.isPresent() ? Optional.empty() : lookup.unknown(Kinds.INSTANCE, machine.instance());
    return unknown.isPresent() ? unseen(machine, unknown.get()) : new QuiescePlan.Stopped();
  }

  /// The machine's own status lags behind, and tells neither agent nor pause: whatever it says, no
  /// more is promised than what holds for a machine that runs.
  private QuiescePlan unseen(Machines.Machine machine, String why) {
    String status = machine.object().at("/status/printableStatus").asText("");
    return new QuiescePlan.Unfrozen(
        machine.instance(),
        "its instance may not be read, so that it is not known whether it runs"
            + (status.isEmpty() ? "" : " (its status says " + status + ")")
            + ": "
            + why);
  }

  private QuiescePlan running(ObjectRef instance, ObjectNode object) {
    forbidMigration(instance, object);
    String phase = object.at("/status/phase").asText("Pending");
    if (!phase.equals("Running")) {
      return new QuiescePlan.Unfrozen(instance, "the machine is starting (phase " + phase + ")");
    }
    Optional<JsonNode> paused = condition(object, "Paused");
    if (paused.isPresent()) {
      String reason = paused.get().path("reason").asText("");
      return new QuiescePlan.Unfrozen(
          instance, "the machine is paused" + (reason.isEmpty() ? "" : " (" + reason + ")"));
    }
    if (condition(object, "AgentConnected").isEmpty()) {
      return new QuiescePlan.Unfrozen(instance, "no guest agent is connected");
    }
    return new QuiescePlan.Freeze(instance);
  }

  private void forbid(Machines.Machine machine) {
    ObjectNode object = machine.object();
    if (object.at("/metadata/deletionTimestamp").isTextual()) {
      stop(machine.ref(), "is being deleted", "Back it up before deleting it.");
    }
    String snapshot = object.at("/status/snapshotInProgress").asText("");
    if (!snapshot.isEmpty()) {
      stop(
          machine.ref(),
          "is in the middle of the VirtualMachineSnapshot " + snapshot,
          "Wait until that is done, or delete it.");
    }
    String restore = object.at("/status/restoreInProgress").asText("");
    if (!restore.isEmpty()) {
      stop(
          machine.ref(),
          "is in the middle of the VirtualMachineRestore " + restore,
          "Wait until that is done, or delete it.");
    }
    for (JsonNode request : object.at("/status/volumeRequests")) {
      findings.warn(
          machine.ref(),
          machine.ref() + " has a volume that is being plugged in or out: " + volumeOf(request),
          "Wait for it and back up again if that volume matters.");
    }
  }

  private void forbidMigration(ObjectRef instance, ObjectNode object) {
    JsonNode state = object.at("/status/migrationState");
    boolean byState =
        state.isObject()
            && state.path("startTimestamp").isTextual()
            && !state.path("completed").asBoolean()
            && !state.path("failed").asBoolean();
    Optional<ObjectNode> migration =
        lookup.list(Kinds.MIGRATION, instance.namespace()).stream()
            .filter(m -> m.at("/spec/vmiName").asText().equals(instance.name()))
            .filter(m -> !OVER.contains(m.at("/status/phase").asText()))
            .findFirst();
    lookup
        .unreadable(Kinds.MIGRATION, instance.namespace())
        .ifPresent(why ->
            findings.note(
                instance,
                "a migration of "
                    + instance
                    + " that has not begun yet would not be seen: "
                    + why));
    if (byState || migration.isPresent()) {
      String name = migration.map(m -> " " + m.at("/metadata/name").asText()).orElse("");
      stop(
          instance,
          "is being migrated" + (name.isEmpty() ? "" : " (migration" + name + ")"),
          "Wait until the migration has ended.");
    }
  }

  private void stop(ObjectRef about, String what, String nextStep) {
    findings.stop(FailureCode.PRECONDITION_FAILED, about, about + " " + what, nextStep);
  }

  private static Optional<JsonNode> condition(ObjectNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("True")) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private static String volumeOf(JsonNode request) {
    String added = request.at("/addVolumeOptions/name").asText("");
    return added.isEmpty() ? request.at("/removeVolumeOptions/name").asText("?") : added;
  }
}
