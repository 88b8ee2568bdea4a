package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// The revision that records what the VM looked like when its instance was started. Its name holds
/// the VM's UID, so it is worth nothing to a VM that is made anew.
final class StartRevisionLinks implements ObjectLinks {
  private static final String PATH = "status.virtualMachineRevisionName";

  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode instance, Draft draft) {
    Json.text(instance, PATH)
        .map(name -> ObjectRef.of(Kinds.CONTROLLER_REVISION, ref.namespace(), name))
        .ifPresent(revision -> draft.link(ref, revision, Need.DERIVED, PATH));
  }
}
