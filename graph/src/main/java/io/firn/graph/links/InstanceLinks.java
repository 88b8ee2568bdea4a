package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A VM and its running instance, which has the VM's name. Made anew at each start.
final class InstanceLinks implements ObjectLinks {
  @Override
  public ResourceKind from() {
    return Kinds.VIRTUAL_MACHINE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode vm, Draft draft) {
    ObjectRef instance = ObjectRef.of(Kinds.INSTANCE, ref.namespace(), ref.name());
    // An instance may be there before the VM's status says so; where it cannot be looked for, it
    // may
    // be there as well.
    if (Json.isTrue(vm, "status.created")
        || draft.index().find(instance).isPresent()
        || draft.index().list(Kinds.INSTANCE, ref.namespace()).unreadable().isPresent()) {
      draft.link(ref, instance, Need.DERIVED, "status.created");
    }
  }
}
