package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A pool, the revisions of its template, and its VMs. A pool takes over no VM that it has not
/// made, so its VMs go with it.
final class PoolLinks implements ObjectLinks {
  private static final String REVISION_LABEL = "kubevirt.io/vm-pool-revision-name";

  @Override
  public ResourceKind from() {
    return Kinds.POOL;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode pool, Draft draft) {
    String uid = Json.uid(pool);
    draft
        .index()
        .list(Kinds.CONTROLLER_REVISION, ref.namespace())
        .where(Indexing.OWNER_UID, uid)
        .stream()
        .map(found -> ObjectRef.of(Kinds.CONTROLLER_REVISION, ref.namespace(), Json.name(found)))
        .forEach(revision ->
            draft.link(ref, revision, Need.REQUIRED, "revision metadata.ownerReferences"));
    draft
        .index()
        .list(Kinds.VIRTUAL_MACHINE, ref.namespace())
        .where(Indexing.OWNER_UID, uid)
        .forEach(vm -> followReplica(ref, vm, draft));
  }

  private static void followReplica(ObjectRef pool, ObjectNode vm, Draft draft) {
    ObjectRef replica = ObjectRef.of(Kinds.VIRTUAL_MACHINE, pool.namespace(), Json.name(vm));
    draft.link(pool, replica, Need.REQUIRED, "machine metadata.ownerReferences");
    String revision = Json.label(vm, REVISION_LABEL);
    if (!revision.isEmpty()) {
      draft.link(
          replica,
          ObjectRef.of(Kinds.CONTROLLER_REVISION, pool.namespace(), revision),
          Need.REQUIRED,
          "metadata.labels[" + REVISION_LABEL + "]");
    }
  }
}
