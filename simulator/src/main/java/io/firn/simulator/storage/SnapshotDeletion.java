package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.util.Optional;

/// Lets a VolumeSnapshot go: not while a claim is being made from it, and with policy Delete not
/// before its content is gone.
final class SnapshotDeletion {
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final ApiClient client;

  SnapshotDeletion(ApiClient client) {
    this.client = client;
  }

  Optional<Duration> snapshot(ObjectNode snapshot) {
    if (isBeingRestored(snapshot)) {
      return Optional.of(AGAIN);
    }
    String name = Fields.text(snapshot, "status", "boundVolumeSnapshotContentName");
    Optional<ObjectNode> content =
        name.isEmpty() ? Optional.empty() : client.get(Types.SNAPSHOT_CONTENT, "", name);
    if (content.isPresent() && isContentOf(content.get(), snapshot)) {
      client.modify(
          Types.SNAPSHOT_CONTENT,
          ObjectKey.of(content.get()),
          one -> Meta.annotations(one).put(StorageNames.BEING_DELETED, "yes"));
      if (Fields.text(content.get(), "spec", "deletionPolicy").equals("Delete")) {
        client.delete(Types.SNAPSHOT_CONTENT, ObjectKey.of(content.get()));
        return Optional.of(AGAIN);
      }
    }
    client.modify(Types.SNAPSHOT, ObjectKey.of(snapshot), SnapshotDeletion::release);
    String claim = Fields.text(snapshot, "spec", "source", "persistentVolumeClaimName");
    if (!claim.isEmpty()) {
      releaseClaim(new ObjectKey(Meta.namespace(snapshot), claim));
    }
    return Optional.empty();
  }

  private static void release(ObjectNode snapshot) {
    Meta.removeFinalizer(snapshot, StorageNames.SNAPSHOT_AS_SOURCE);
    Meta.removeFinalizer(snapshot, StorageNames.SNAPSHOT_BOUND);
  }

  private static boolean isContentOf(ObjectNode content, ObjectNode snapshot) {
    return Fields.text(content, "spec", "volumeSnapshotRef", "uid").equals(Meta.uid(snapshot));
  }

  private boolean isBeingRestored(ObjectNode snapshot) {
    return client.list(Types.CLAIM, Meta.namespace(snapshot), "").stream()
        .filter(claim -> Fields.text(claim, "status", "phase").equals("Pending"))
        .filter(claim -> !Meta.deleting(claim))
        .anyMatch(claim ->
            names(claim, "dataSource", snapshot) || names(claim, "dataSourceRef", snapshot));
  }

  private static boolean names(ObjectNode claim, String field, ObjectNode snapshot) {
    return Fields.text(claim, "spec", field, "kind").equals("VolumeSnapshot")
        && Fields.text(claim, "spec", field, "name").equals(Meta.name(snapshot));
  }

  void releaseClaim(ObjectKey claim) {
    client.modify(
        Types.CLAIM, claim, one -> Meta.removeFinalizer(one, StorageNames.CLAIM_AS_SOURCE));
  }
}
