package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.restore.RestoreAction.Conflict;
import io.firn.restore.RestoreAction.Remove;
import io.firn.restore.TargetCluster.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Objects in the target that KubeVirt would tie to a restored machine although the point does not
/// name them: an instance of the machine's name that nobody owns (the machine would adopt it), and
/// another volume labelled as its TPM and EFI state (it is a matter of chance which one is used).
record StrayObjects(TargetCluster target, Names names, ConflictPolicy policy, PlanNotes notes) {

  List<RestoreAction> of(List<ObjectRef> roots, List<RestoreAction> actions) {
    Set<ObjectRef> known = new HashSet<>();
    Set<ObjectRef> created = new HashSet<>();
    for (RestoreAction action : actions) {
      known.add(action.target());
      if (action instanceof RestoreAction.Create) {
        created.add(action.target());
      }
    }
    List<RestoreAction> found = new ArrayList<>();
    for (ObjectRef root : roots) {
      ObjectRef machine = names.target(root);
      if (root.kind().equals(Kinds.VIRTUAL_MACHINE.kind()) && created.contains(machine)) {
        boolean replaced =
            actions.stream().anyMatch(a -> a instanceof Remove && a.target().equals(machine));
        if (!replaced) {
          instance(root, machine, known, found);
        }
        stateVolumes(root, machine, known, found);
      }
    }
    return found;
  }

  private void instance(
      ObjectRef root, ObjectRef machine, Set<ObjectRef> known, List<RestoreAction> found) {
    ObjectRef instance = ObjectRef.of(Kinds.INSTANCE, machine.namespace(), machine.name());
    target.unseen(instance).ifPresent(why -> unknown(instance, why));
    target
        .get(instance)
        .filter(_ -> !known.contains(instance) || target.foreign(instance))
        .ifPresent(object -> found.add(meet(root, instance, object, "the machine would adopt it")));
  }

  private void stateVolumes(
      ObjectRef root, ObjectRef machine, Set<ObjectRef> known, List<RestoreAction> found) {
    if (machine.name().length() > 63) {
      // Longer than a label's value: KubeVirt cannot have labelled a volume so.
      return;
    }
    switch (target.list(Kinds.CLAIM, "persistent-state-for=" + machine.name())) {
      case Listed.Known(List<ObjectNode> claims) -> {
        for (ObjectNode claim : claims) {
          ObjectRef ref = ObjectRef.of(claim);
          if (!known.contains(ref) && !target.ours(claim)) {
            found.add(
                meet(root, ref, claim, "it would compete with the restored TPM and EFI state"));
          }
        }
      }
      case Listed.Unknown(String why) -> unknown(machine, why);
    }
  }

  private void unknown(ObjectRef about, String why) {
    notes.stop(
        FailureCode.CLUSTER_FORBIDDEN,
        about,
        "whether something is in the way of " + about + " is unknown: " + why,
        "Ask for the rights that are missing: firn doctor --rights.");
  }

  private RestoreAction meet(ObjectRef root, ObjectRef ref, ObjectNode object, String why) {
    return switch (policy) {
      case REPLACE -> new Remove(root, ref, object.path("metadata").path("uid").asText(), why);
      case FAIL, SKIP ->
          new Conflict(
              root,
              ref,
              "is there already, and " + why,
              "Delete it, or use --on-conflict replace.");
    };
  }
}
