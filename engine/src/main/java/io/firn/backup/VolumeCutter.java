package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.VolumeSnapshots;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.Awaiting;
import io.firn.run.Parallel;
import io.firn.run.RunScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes the VolumeSnapshot of a claim and waits until it is cut, and later until it is usable.
///
/// Thread-safe. `told` hears of waits that get long.
record VolumeCutter(Cluster cluster, RunScope scope, Consumer<String> told) {
  private static final long NANOS = 1_000_000_000L;

  /// Cuts the claim; returns when the driver has. `SNAPSHOT_FAILED` at the deadline: an error in
  /// the status before that may go away again.
  ObjectRef cut(PlannedVolume volume, String name, Duration atMost) {
    ObjectRef snapshot =
        scope.note(ObjectRef.of(Kinds.VOLUME_SNAPSHOT, volume.claim().namespace(), name));
    cluster
        .volumeSnapshots()
        .create(
            name,
            volume.claim(),
            volume.snapshotClass(),
            scope.marks().labels(),
            scope.marks().annotations());
    await(volume, snapshot, s -> s.at("/status/creationTime").isTextual(), "cut", atMost);
    return snapshot;
  }

  /// Waits until a claim can be made from it; returns its size in bytes, 0 where not told.
  long awaitReady(CutVolume cut, Duration atMost) {
    await(
        cut.volume(),
        cut.snapshot(),
        s -> s.at("/status/readyToUse").asBoolean(),
        "ready to use",
        atMost);
    return cluster.volumeSnapshots().state(cut.snapshot()).restoreSizeBytes();
  }

  /// When exactly it was cut, and the driver's handle.
  CutVolume facts(PlannedVolume volume, ObjectRef snapshot) {
    VolumeSnapshots.State state = cluster.volumeSnapshots().state(snapshot);
    Optional<ObjectNode> content = state.contentName().flatMap(this::content);
    Instant coarse = state.creationTime().orElse(Instant.EPOCH);
    return new CutVolume(
        volume,
        snapshot,
        content.flatMap(VolumeCutter::exactTime).orElse(coarse),
        content
            .map(c -> c.at("/status/snapshotHandle").asText(""))
            .filter(handle -> !handle.isEmpty()));
  }

  private Optional<ObjectNode> content(String name) {
    try {
      return cluster.objects().get(ObjectRef.of(Kinds.VOLUME_SNAPSHOT_CONTENT, "", name));
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        // Cluster-scoped: a user with rights in a namespace does without.
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<Instant> exactTime(ObjectNode content) {
    long nanos = content.at("/status/creationTime").asLong(0);
    return nanos > 0
        ? Optional.of(Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS))
        : Optional.empty();
  }

  private void await(
      PlannedVolume volume,
      ObjectRef snapshot,
      Predicate<ObjectNode> condition,
      String wanted,
      Duration atMost) {
    try {
      Optional<ObjectNode> reached =
          new Awaiting(cluster.objects(), told)
              .await(
                  snapshot,
                  snapshot + " of " + volume.claim() + " to be " + wanted,
                  s -> s.isEmpty() || condition.test(s.get()),
                  VolumeCutter::error,
                  atMost);
      if (reached.isEmpty()) {
        throw failure(volume, snapshot, "was deleted by somebody", null);
      }
    } catch (ClusterException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw Parallel.interrupted(e);
      }
      if (e.code() != ClusterException.Code.TIMEOUT) {
        throw e;
      }
      String cause = e.context().getOrDefault("cause", "");
      throw failure(
          volume,
          snapshot,
          "was not %s within %d s%s"
              .formatted(wanted, atMost.toSeconds(), cause.isEmpty() ? "" : ": " + cause),
          e);
    }
  }

  private static String error(Optional<ObjectNode> snapshot) {
    return snapshot.map(s -> s.at("/status/error/message").asText("")).orElse("");
  }

  private static FirnException failure(
      PlannedVolume volume,
      ObjectRef snapshot,
      String what,
      @org.jspecify.annotations.Nullable ClusterException cause) {
    Failure failure =
        new Failure(
            FailureCode.SNAPSHOT_FAILED,
            snapshot + " of " + volume.claim() + " " + what,
            "Look at the CSI driver " + volume.driver() + " and its snapshotter's log.",
            Map.of("claim", volume.claim().toString(), "driver", volume.driver()),
            true);
    return cause == null ? new FirnException(failure) : new FirnException(failure, cause);
  }
}
