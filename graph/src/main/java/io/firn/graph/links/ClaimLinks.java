package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A claim, its storage class, its volume, and the VM that owns it directly (as KubeVirt's own
/// restore makes claims): an owner is recorded where it is part of the graph, never drawn in.
final class ClaimLinks implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.CLAIM;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode claim, Draft draft) {
    StorageClassLinks.link(ref, claim.path("spec"), "spec", draft);
    Json.text(claim, "spec.volumeName")
        .map(name -> ObjectRef.of(Kinds.VOLUME, "", name))
        .ifPresent(volume -> draft.link(ref, volume, Need.DERIVED, "spec.volumeName"));
    Owner.ofKind(claim, Kinds.VIRTUAL_MACHINE.kind())
        .map(owner -> ObjectRef.of(Kinds.VIRTUAL_MACHINE, ref.namespace(), owner.name()))
        .filter(draft::contains)
        .ifPresent(owner -> draft.link(ref, owner, Need.DERIVED, "metadata.ownerReferences"));
    reportState(ref, claim, draft);
  }

  private static void reportState(ObjectRef ref, ObjectNode claim, Draft draft) {
    switch (Json.text(claim, "status.phase").orElse("")) {
      case "Lost" ->
          draft.find(Severity.ERROR, ref, ref + " is Lost: the volume behind it is gone");
      case "Pending" ->
          draft.find(Severity.WARNING, ref, ref + " is Pending: it has no volume yet");
      default -> {}
    }
    if (Json.isTerminating(claim)) {
      draft.find(Severity.WARNING, ref, ref + " is being deleted");
    }
  }
}
