package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The CSI snapshotter beside the driver: has snapshots taken and removed in the store.
final class ContentReconciler {
  private static final Duration AGAIN = Duration.ofMillis(300);

  private final ApiClient client;
  private final VolumeStore store;
  private final SnapshotFaults faults;
  private final Map<String, Long> usableAtNanos = new ConcurrentHashMap<>();
  private final EventRecorder events;
  private final SnapshotStatus status;
  private final CountDownLatch closing;

  ContentReconciler(
      ApiClient client,
      VolumeStore store,
      SnapshotFaults faults,
      EventRecorder events,
      SnapshotStatus status,
      CountDownLatch closing) {
    this.client = client;
    this.store = store;
    this.faults = faults;
    this.events = events;
    this.status = status;
    this.closing = closing;
  }

  Optional<Duration> reconcile(ObjectKey key) throws IOException, InterruptedException {
    Optional<ObjectNode> found = client.get(Types.SNAPSHOT_CONTENT, "", key.name());
    if (found.isEmpty() || !StorageNames.isOurs(Fields.text(found.get(), "spec", "driver"))) {
      return Optional.empty();
    }
    ObjectNode content = found.get();
    if (Meta.deleting(content)) {
      return delete(content);
    }
    if (Fields.at(content, "status", "readyToUse").asBoolean()) {
      return Optional.empty();
    }
    String known = Fields.text(content, "spec", "source", "snapshotHandle");
    if (!known.isEmpty()) {
      return adopt(content, known);
    }
    return Fields.text(content, "status", "snapshotHandle").isEmpty()
        ? take(content)
        : finish(content);
  }

  private Optional<Duration> take(ObjectNode content) throws InterruptedException {
    ObjectKey key = ObjectKey.of(content);
    client.modify(
        Types.SNAPSHOT_CONTENT,
        key,
        one -> Meta.annotations(one).put(StorageNames.BEING_CREATED, "yes"));
    SnapshotFaults.Course course = course(content);
    if (closing.await(course.delay().toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    String handle = "snapshot-" + Fields.text(content, "spec", "volumeSnapshotRef", "uid");
    try {
      if (course.error().isPresent()) {
        throw new IOException(course.error().get());
      }
      String volume = Fields.text(content, "spec", "source", "volumeHandle");
      Instant instant = store.snapshot(handle, volume);
      status.taken(content, handle, instant);
    } catch (IOException e) {
      String message =
          "Failed to check and update snapshot content: failed to take snapshot of the volume %s: \"rpc error: code = Internal desc = %s\""
              .formatted(Fields.text(content, "spec", "source", "volumeHandle"), e.getMessage());
      status.failed(Types.SNAPSHOT_CONTENT, content, message);
      events.warning(content, "SnapshotCreationFailed", message);
      return Optional.of(AGAIN);
    }
    client.modify(
        Types.SNAPSHOT_CONTENT,
        key,
        one -> Meta.annotations(one).remove(StorageNames.BEING_CREATED));
    return Optional.empty();
  }

  private SnapshotFaults.Course course(ObjectNode content) {
    String namespace = Fields.text(content, "spec", "volumeSnapshotRef", "namespace");
    String name = Fields.text(content, "spec", "volumeSnapshotRef", "name");
    String claim =
        client
            .get(Types.SNAPSHOT, namespace, name)
            .map(one -> Fields.text(one, "spec", "source", "persistentVolumeClaimName"))
            .orElse("");
    return faults.judge(namespace, claim);
  }

  /// The snapshot has been taken; it is usable once the backend has had its time.
  private Optional<Duration> finish(ObjectNode content) throws IOException {
    String handle = Fields.text(content, "status", "snapshotHandle");
    long usable =
        usableAtNanos.computeIfAbsent(
            handle, _ -> System.nanoTime() + course(content).untilReady().toNanos());
    long left = usable - System.nanoTime();
    if (left > 0) {
      return Optional.of(Duration.ofNanos(left).plusMillis(1));
    }
    status.ready(content, store.snapshotSizeBytes(handle));
    usableAtNanos.remove(handle);
    return Optional.empty();
  }

  private Optional<Duration> adopt(ObjectNode content, String handle) throws IOException {
    try {
      long sizeBytes = store.snapshotSizeBytes(handle);
      status.taken(content, handle, store.snapshotInstant(handle));
      status.ready(content, sizeBytes);
      return Optional.empty();
    } catch (NoSuchFileException e) {
      String message =
          "Failed to check and update snapshot content: failed to list snapshot for content %s: \"rpc error: code = NotFound desc = %s\""
              .formatted(Meta.name(content), e.getReason());
      status.failed(Types.SNAPSHOT_CONTENT, content, message);
      return Optional.of(AGAIN);
    }
  }

  private Optional<Duration> delete(ObjectNode content) throws IOException {
    if (isBoundToLiveSnapshot(content)) {
      return Optional.of(AGAIN);
    }
    String handle = Fields.text(content, "status", "snapshotHandle");
    if (Fields.text(content, "spec", "deletionPolicy").equals("Delete") && !handle.isEmpty()) {
      store.deleteSnapshot(handle);
    }
    client.modify(
        Types.SNAPSHOT_CONTENT,
        ObjectKey.of(content),
        one -> Meta.removeFinalizer(one, StorageNames.CONTENT_BOUND));
    return Optional.empty();
  }

  private boolean isBoundToLiveSnapshot(ObjectNode content) {
    return client
        .get(
            Types.SNAPSHOT,
            Fields.text(content, "spec", "volumeSnapshotRef", "namespace"),
            Fields.text(content, "spec", "volumeSnapshotRef", "name"))
        .filter(
            one -> Meta.uid(one).equals(Fields.text(content, "spec", "volumeSnapshotRef", "uid")))
        .map(one -> !Meta.deleting(one))
        .orElse(false);
  }
}
