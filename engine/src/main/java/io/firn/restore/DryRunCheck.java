package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Asks the API server to try every object that would be created, without keeping it: validation,
/// webhooks and quota speak before anything is touched.
record DryRunCheck(ClusterObjects objects, PlanNotes notes) {

  void check(List<RestoreAction> actions, boolean namespaceExists) {
    Set<ObjectRef> making = new HashSet<>();
    actions.forEach(action -> {
      if (action instanceof RestoreAction.Remove remove) {
        making.add(remove.target());
      }
    });
    int untried = 0;
    for (RestoreAction action : actions) {
      boolean inPlace = making.contains(action.target());
      boolean nowhere = !namespaceExists && !action.target().namespace().isEmpty();
      if (action.toCreate().isPresent() && (inPlace || nowhere)) {
        untried++;
      } else {
        action.toCreate().ifPresent(object -> attempt(action.target(), object));
      }
    }
    if (untried > 0 && !actions.isEmpty()) {
      notes.note(
          actions.getFirst().target(),
          namespaceExists
              ? untried + " objects are still there and could not be tried on the server"
              : untried
                  + " objects are tried on the server once their namespace has been made, before"
                  + " any data is moved; where one is refused, the namespace goes again");
    }
  }

  private void attempt(ObjectRef target, ObjectNode object) {
    try {
      objects.create(object, true);
    } catch (ClusterException e) {
      String message = String.valueOf(e.getMessage());
      switch (e.code()) {
        case QUOTA ->
            notes.stop(
                FailureCode.RESTORE_REJECTED,
                target,
                message,
                "Raise the quota of the namespace, or restore to another one.");
        case REJECTED, CONFLICT, ALREADY_EXISTS, NOT_FOUND ->
            notes.stop(
                FailureCode.RESTORE_REJECTED,
                target,
                message,
                "Change what the server objects to, or leave the object's machine out (--vm).");
        case NOT_SERVED ->
            notes.stop(
                FailureCode.KIND_NOT_SUPPORTED,
                target,
                message,
                "Install the API that provides this kind in the target cluster.");
        case FORBIDDEN ->
            notes.stop(
                FailureCode.CLUSTER_FORBIDDEN,
                target,
                message,
                "Ask for the right, or let somebody restore who has it.");
        case NO_CONTEXT, UNREACHABLE, UNAUTHENTICATED, TIMEOUT, SERVER -> throw e;
      }
    }
  }
}
