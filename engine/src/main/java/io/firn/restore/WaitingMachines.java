package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Machines of the target that wait for a claim which this restore would make: KubeVirt starts them
/// as soon as the claim is there, long before it is filled, and two would write to it.
record WaitingMachines(TargetCluster target, PlanNotes notes) {
  private static final Set<String> STAYS_OFF = Set.of("Halted", "Manual");

  /// `removed` are machines that make room first.
  void check(List<RestoreAction> actions, Set<ObjectRef> removed) {
    Map<String, ObjectRef> claims = new HashMap<>();
    for (RestoreAction.Populate populate :
        actions.stream()
            .filter(RestoreAction.Populate.class::isInstance)
            .map(RestoreAction.Populate.class::cast)
            .toList()) {
      claims.put(populate.target().name(), populate.target());
    }
    if (claims.isEmpty() || !target.namespaceExists()) {
      return;
    }
    for (ObjectNode machine : machines()) {
      ObjectRef ref = ObjectRef.of(machine);
      if (!target.ours(machine) && !removed.contains(ref) && startsByItself(machine)) {
        for (JsonNode volume : machine.at("/spec/template/spec/volumes")) {
          stop(ref, claims, volume.at("/persistentVolumeClaim/claimName").asText());
          stop(ref, claims, volume.at("/dataVolume/name").asText());
        }
      }
    }
  }

  private void stop(ObjectRef machine, Map<String, ObjectRef> claims, String name) {
    if (claims.containsKey(name)) {
      notes.stop(
          FailureCode.PRECONDITION_FAILED,
          claims.get(name),
          machine + " waits for " + claims.get(name) + " and would start before it is filled",
          "Stop it first (virtctl stop %s -n %s), and start it when the claim is back."
              .formatted(machine.name(), machine.namespace()));
    }
  }

  private List<ObjectNode> machines() {
    return switch (target.list(Kinds.VIRTUAL_MACHINE, "")) {
      case TargetCluster.Listed.Known(List<ObjectNode> objects) -> objects;
      case TargetCluster.Listed.Unknown(String why) -> {
        notes.warn(
            ObjectRef.of(Kinds.NAMESPACE, "", target.namespace()),
            "whether a machine waits for a claim that is restored, and would start before it is"
                + " filled, is unknown: "
                + why,
            "Make sure that none does.");
        yield List.of();
      }
    };
  }

  private static boolean startsByItself(ObjectNode machine) {
    JsonNode spec = machine.path("spec");
    return spec.hasNonNull("runStrategy")
        ? !STAYS_OFF.contains(spec.path("runStrategy").asText())
        : spec.path("running").asBoolean();
  }
}
