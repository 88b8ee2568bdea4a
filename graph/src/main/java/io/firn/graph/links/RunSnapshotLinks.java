package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// Volume snapshots that a backup run made of a claim. Snapshots that others made are theirs.
final class RunSnapshotLinks implements ObjectLinks {
  private static final String CLAIM = "spec.source.persistentVolumeClaimName";
  private static final Indexing OF_CLAIM = Indexing.field(CLAIM);
  private static final String CONTENT = "status.boundVolumeSnapshotContentName";
  private static final String RUN = "firn.io/run";

  @Override
  public ResourceKind from() {
    return Kinds.CLAIM;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode claim, Draft draft) {
    draft.index().list(Kinds.VOLUME_SNAPSHOT, ref.namespace()).where(OF_CLAIM, ref.name()).stream()
        .filter(snapshot -> !Json.label(snapshot, RUN).isEmpty())
        .forEach(snapshot -> followSnapshot(ref, snapshot, draft));
  }

  private static void followSnapshot(ObjectRef claim, ObjectNode object, Draft draft) {
    ObjectRef snapshot = ObjectRef.of(Kinds.VOLUME_SNAPSHOT, claim.namespace(), Json.name(object));
    draft.link(claim, snapshot, Need.DERIVED, "snapshot " + CLAIM);
    Json.text(object, CONTENT)
        .map(name -> ObjectRef.of(Kinds.VOLUME_SNAPSHOT_CONTENT, "", name))
        .ifPresent(content -> draft.link(snapshot, content, Need.DERIVED, CONTENT));
  }
}
