package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// Tells that an instance which somebody asked for by name is the child of another machine. Adds
/// findings only.
final class InstanceOwnership implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode instance, Draft draft) {
    Ownership.owner(ref, instance, draft.index())
        .map(Machine::ref)
        .filter(owner -> draft.isRoot(ref) && !draft.isRoot(owner))
        .ifPresent(owner ->
            draft.find(
                Severity.WARNING,
                ref,
                "%s is made by %s, and never restored by itself: name that instead"
                    .formatted(ref, owner)));
  }
}
