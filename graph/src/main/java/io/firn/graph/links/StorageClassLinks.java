package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A storage class, what CDI knows of it, and the snapshot classes of the same driver.
final class StorageClassLinks implements ObjectLinks {
  private static final Indexing DRIVER = Indexing.field("driver");

  @Override
  public ResourceKind from() {
    return Kinds.STORAGE_CLASS;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode storageClass, Draft draft) {
    ObjectRef profile = ObjectRef.of(Kinds.STORAGE_PROFILE, "", ref.name());
    if (draft.index().find(profile).isPresent()) {
      draft.link(ref, profile, Need.OPTIONAL, "metadata.name");
    }
    Json.text(storageClass, "provisioner")
        .ifPresent(driver ->
            draft.index().list(Kinds.VOLUME_SNAPSHOT_CLASS, "").where(DRIVER, driver).stream()
                .map(found -> ObjectRef.of(Kinds.VOLUME_SNAPSHOT_CLASS, "", Json.name(found)))
                .forEach(found -> draft.link(ref, found, Need.OPTIONAL, "provisioner")));
  }

  /// Links to the class that a claim's spec (or a DataVolume's wish for one) names.
  static void link(ObjectRef from, JsonNode claimSpec, String path, Draft draft) {
    Json.text(claimSpec, "storageClassName")
        .map(name -> ObjectRef.of(Kinds.STORAGE_CLASS, "", name))
        .ifPresent(to -> draft.link(from, to, Need.OPTIONAL, path + ".storageClassName"));
  }
}
