package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// KubeVirt's own snapshot of a VM and the object that holds what it captured.
final class SnapshotContentLinks implements ObjectLinks {
  private static final String PATH = "status.virtualMachineSnapshotContentName";

  @Override
  public ResourceKind from() {
    return Kinds.VM_SNAPSHOT;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode snapshot, Draft draft) {
    Json.text(snapshot, PATH)
        .map(name -> ObjectRef.of(Kinds.VM_SNAPSHOT_CONTENT, ref.namespace(), name))
        .ifPresent(content -> draft.link(ref, content, Need.NEVER_RESTORE, PATH));
  }
}
