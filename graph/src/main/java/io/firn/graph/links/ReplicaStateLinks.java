package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// TPM and EFI state of an instance that a replica set made. A set makes its instances anew under
/// new names, each with empty state, so nobody can use what the old ones kept.
final class ReplicaStateLinks implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode object, Draft draft) {
    var instance = new Machine(MachineKind.INSTANCE, ref, object);
    Ownership.ownerInGraph(ref, object, draft)
        .filter(owner -> owner.kind() == MachineKind.REPLICA_SET && !draft.isRoot(ref))
        .ifPresent(set -> followState(instance, set, draft));
  }

  private static void followState(Machine instance, Machine set, Draft draft) {
    for (ObjectNode object : StateClaims.of(instance, draft.index())) {
      ObjectRef claim = instance.sibling(Kinds.CLAIM, Json.name(object));
      draft.link(instance.ref(), claim, Need.DERIVED, StateClaims.path(object));
      draft.find(
          Severity.WARNING,
          claim,
          "%s holds the TPM and EFI state of %s, which %s makes anew without it: not kept"
              .formatted(claim, instance.ref(), set.ref()));
    }
  }
}
