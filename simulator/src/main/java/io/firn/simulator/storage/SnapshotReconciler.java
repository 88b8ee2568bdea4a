package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.util.Optional;

/// The snapshot controller: binds a VolumeSnapshot to its content and passes the content's state
/// on.
final class SnapshotReconciler {
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final ApiClient client;
  private final EventRecorder events;
  private final SnapshotStatus status;
  private final SnapshotDeletion deletion;

  SnapshotReconciler(ApiClient client, EventRecorder events, SnapshotStatus status) {
    this.client = client;
    this.events = events;
    this.status = status;
    this.deletion = new SnapshotDeletion(client);
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> found = client.get(Types.SNAPSHOT, key.namespace(), key.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (Meta.deleting(found.get())) {
      return deletion.snapshot(found.get());
    }
    ObjectNode snapshot = client.modify(Types.SNAPSHOT, key, this::protect).orElse(found.get());
    String content = Fields.text(snapshot, "spec", "source", "volumeSnapshotContentName");
    return content.isEmpty() ? dynamic(snapshot) : bindStatic(snapshot, content);
  }

  private void protect(ObjectNode snapshot) {
    Meta.addFinalizer(snapshot, StorageNames.SNAPSHOT_AS_SOURCE);
    Meta.addFinalizer(snapshot, StorageNames.SNAPSHOT_BOUND);
  }

  private Optional<Duration> dynamic(ObjectNode snapshot) {
    String name = "snapcontent-" + Meta.uid(snapshot);
    Optional<ObjectNode> content = client.get(Types.SNAPSHOT_CONTENT, "", name);
    if (content.isPresent()) {
      status.copy(snapshot, content.get());
      releaseSource(snapshot);
      return Optional.empty();
    }
    if (!Fields.text(snapshot, "status", "boundVolumeSnapshotContentName").isEmpty()) {
      fail(snapshot, "SnapshotContentMissing", "VolumeSnapshotContent is missing");
      return Optional.empty();
    }
    return createContent(snapshot, name);
  }

  private Optional<Duration> createContent(ObjectNode snapshot, String name) {
    String namespace = Meta.namespace(snapshot);
    String claimName = Fields.text(snapshot, "spec", "source", "persistentVolumeClaimName");
    Optional<ObjectNode> claim = client.get(Types.CLAIM, namespace, claimName);
    Optional<ObjectNode> volume =
        claim.flatMap(one -> client.get(Types.VOLUME, "", Fields.text(one, "spec", "volumeName")));
    if (volume.isEmpty() || !Fields.text(claim.get(), "status", "phase").equals("Bound")) {
      fail(
          snapshot,
          "SnapshotContentCreationFailed",
          "Failed to create snapshot content with error "
              + (claim.isEmpty()
                  ? "cannot get claim from snapshot"
                  : "the PVC %s is not yet bound to a PV, will not attempt to take a snapshot"
                      .formatted(claimName)));
      return Optional.of(AGAIN);
    }
    SnapshotClassChoice choice =
        SnapshotClassChoice.of(
            client.list(Types.SNAPSHOT_CLASS, "", ""),
            Fields.text(snapshot, "spec", "volumeSnapshotClassName"),
            Fields.text(volume.get(), "spec", "csi", "driver"));
    return switch (choice) {
      case SnapshotClassChoice.Refused(String reason, String message) -> {
        fail(snapshot, reason, message);
        yield Optional.of(AGAIN);
      }
      case SnapshotClassChoice.Chosen(ObjectNode snapshotClass) -> {
        create(snapshot, name, claim.get(), volume.get(), snapshotClass);
        yield Optional.empty();
      }
    };
  }

  private void create(
      ObjectNode snapshot,
      String name,
      ObjectNode claim,
      ObjectNode volume,
      ObjectNode snapshotClass) {
    client.modify(
        Types.CLAIM,
        ObjectKey.of(claim),
        held -> Meta.addFinalizer(held, StorageNames.CLAIM_AS_SOURCE));
    ObjectNode named =
        client
            .modify(
                Types.SNAPSHOT,
                ObjectKey.of(snapshot),
                one ->
                    Fields.object(one, "spec")
                        .put("volumeSnapshotClassName", Meta.name(snapshotClass)))
            .orElse(snapshot);
    ObjectNode content = Types.SNAPSHOT_CONTENT.newObject("", name);
    Meta.addFinalizer(content, StorageNames.CONTENT_BOUND);
    ObjectNode spec = Fields.object(content, "spec");
    spec.put("deletionPolicy", Fields.text(snapshotClass, "deletionPolicy"));
    spec.put("driver", Fields.text(snapshotClass, "driver"));
    spec.putObject("source")
        .put("volumeHandle", Fields.text(volume, "spec", "csi", "volumeHandle"));
    spec.put("sourceVolumeMode", Fields.text(volume, "spec", "volumeMode"));
    spec.put("volumeSnapshotClassName", Meta.name(snapshotClass));
    spec.set("volumeSnapshotRef", reference(named));
    try {
      client.create(Types.SNAPSHOT_CONTENT, content);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
    status.bound(named, name);
    events.normal(
        named,
        "CreatingSnapshot",
        "Waiting for a snapshot %s/%s to be created by the CSI driver."
            .formatted(Meta.namespace(named), Meta.name(named)));
  }

  private static ObjectNode reference(ObjectNode snapshot) {
    return Fields.newObject()
        .put("apiVersion", Types.SNAPSHOT.apiVersion())
        .put("kind", "VolumeSnapshot")
        .put("name", Meta.name(snapshot))
        .put("namespace", Meta.namespace(snapshot))
        .put("resourceVersion", Fields.text(snapshot, "metadata", "resourceVersion"))
        .put("uid", Meta.uid(snapshot));
  }

  /// The claim is held only until its snapshots have been taken.
  private void releaseSource(ObjectNode snapshot) {
    String claim = Fields.text(snapshot, "spec", "source", "persistentVolumeClaimName");
    ObjectKey key = new ObjectKey(Meta.namespace(snapshot), claim);
    boolean stillRead =
        client.list(Types.SNAPSHOT, key.namespace(), "").stream()
            .filter(one ->
                Fields.text(one, "spec", "source", "persistentVolumeClaimName").equals(claim))
            .anyMatch(one -> !Fields.at(one, "status", "readyToUse").asBoolean());
    if (!stillRead) {
      deletion.releaseClaim(key);
    }
  }

  private Optional<Duration> bindStatic(ObjectNode snapshot, String name) {
    Optional<ObjectNode> found = client.get(Types.SNAPSHOT_CONTENT, "", name);
    if (found.isEmpty()) {
      fail(snapshot, "SnapshotContentMissing", "VolumeSnapshotContent is missing");
      return Optional.of(AGAIN);
    }
    ObjectNode content = found.get();
    String uid = Fields.text(content, "spec", "volumeSnapshotRef", "uid");
    boolean names =
        Fields.text(content, "spec", "volumeSnapshotRef", "name").equals(Meta.name(snapshot))
            && Fields.text(content, "spec", "volumeSnapshotRef", "namespace")
                .equals(Meta.namespace(snapshot));
    if (!names || !(uid.isEmpty() || uid.equals(Meta.uid(snapshot)))) {
      fail(
          snapshot,
          "SnapshotContentMisbound",
          "VolumeSnapshotContent [" + name + "] is bound to a different snapshot");
      return Optional.empty();
    }
    client.modify(
        Types.SNAPSHOT_CONTENT,
        new ObjectKey("", name),
        bound -> Fields.object(bound, "spec", "volumeSnapshotRef").put("uid", Meta.uid(snapshot)));
    status.copy(snapshot, content);
    return Optional.empty();
  }

  private void fail(ObjectNode snapshot, String reason, String message) {
    status.failed(Types.SNAPSHOT, snapshot, message);
    events.warning(snapshot, reason, message);
  }
}
