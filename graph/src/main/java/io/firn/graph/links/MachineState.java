package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// What is going on with a VM while the graph is drawn. Adds findings only.
final class MachineState implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.VIRTUAL_MACHINE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode vm, Draft draft) {
    Json.text(vm, "status.snapshotInProgress")
        .ifPresent(name ->
            draft.find(
                Severity.WARNING, ref, ref + " is being captured by the VM snapshot " + name));
    Json.text(vm, "status.restoreInProgress")
        .ifPresent(name ->
            draft.find(
                Severity.WARNING, ref, ref + " is being restored by the VM restore " + name));
    if (Json.isTerminating(vm)) {
      draft.find(Severity.WARNING, ref, ref + " is being deleted");
    }
    Owner.ofKind(vm, Kinds.POOL.kind())
        .map(owner -> ObjectRef.of(Kinds.POOL, ref.namespace(), owner.name()))
        .filter(pool -> !draft.contains(pool))
        .ifPresent(pool ->
            draft.find(
                Severity.INFO,
                ref,
                ref + " belongs to " + pool + ": restored without it, it stands alone"));
  }
}
