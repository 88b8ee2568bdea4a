package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.cluster.Quantity;
import io.firn.cluster.VolumeSnapshots;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// VolumeSnapshots of `snapshot.storage.k8s.io/v1`.
final class CsiVolumeSnapshots implements VolumeSnapshots {
  private final ClusterObjects objects;
  private final SnapshotClasses classes;

  CsiVolumeSnapshots(ClusterObjects objects) {
    this.objects = objects;
    this.classes = new SnapshotClasses(objects);
  }

  @Override
  public ClassChoice classFor(String storageClass) {
    return classes.classFor(storageClass);
  }

  @Override
  public ObjectRef create(
      String name,
      ObjectRef claim,
      String snapshotClass,
      Map<String, String> labels,
      Map<String, String> annotations) {
    ObjectNode snapshot = manifest(name, claim, snapshotClass, labels);
    ObjectNode notes = snapshot.withObject("/metadata/annotations");
    annotations.forEach(notes::put);
    return ObjectRef.of(objects.create(snapshot, false));
  }

  @Override
  public ObjectNode manifest(
      String name, ObjectRef claim, String snapshotClass, Map<String, String> labels) {
    ObjectNode snapshot = Json.object();
    snapshot.put("apiVersion", Kinds.VOLUME_SNAPSHOT.apiVersion());
    snapshot.put("kind", Kinds.VOLUME_SNAPSHOT.kind());
    ObjectNode metadata = snapshot.putObject("metadata");
    metadata.put("name", name).put("namespace", claim.namespace());
    ObjectNode marks = metadata.putObject("labels");
    labels.forEach(marks::put);
    ObjectNode spec = snapshot.putObject("spec");
    if (!snapshotClass.isEmpty()) {
      spec.put("volumeSnapshotClassName", snapshotClass);
    }
    spec.putObject("source").put("persistentVolumeClaimName", claim.name());
    return snapshot;
  }

  @Override
  public State state(ObjectRef volumeSnapshot) {
    JsonNode status =
        objects.get(volumeSnapshot).orElseThrow(() -> gone(volumeSnapshot)).path("status");
    return new State(
        text(status, "creationTime").map(Instant::parse),
        status.path("readyToUse").asBoolean(false),
        text(status, "restoreSize").map(Quantity::bytes).orElse(0L),
        text(status.path("error"), "message"),
        text(status, "boundVolumeSnapshotContentName"));
  }

  @Override
  public void delete(ObjectRef volumeSnapshot) {
    objects.delete(volumeSnapshot, Propagation.BACKGROUND, Optional.empty());
  }

  private static Optional<String> text(JsonNode node, String field) {
    String value = node.path(field).asText("");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static ClusterException gone(ObjectRef volumeSnapshot) {
    return new ClusterException(
        ClusterException.Code.NOT_FOUND,
        volumeSnapshot + " is gone: somebody deleted it. Run the backup again.",
        Map.of("object", volumeSnapshot.toString()));
  }
}
