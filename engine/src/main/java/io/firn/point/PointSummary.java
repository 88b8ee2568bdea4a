package io.firn.point;

import io.firn.graph.ObjectRef;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a list of points shows, read from the snapshot alone (its tags and summary): no tree is
/// touched. `sizeBytes` is the logical size of all volumes, `storedBytes` what this point added to
/// the vault. `level` is the weakest of its machines, `betterLevels` has those of machines that
/// reached more. `labels` are those that its user gave it (`firn backup --label`).
///
/// `copies` are all snapshots that hold the point, `snapshot` among them: more than one only where
/// a change of tags was cut short.
public record PointSummary(
    PointName name,
    Domain domain,
    SnapshotId snapshot,
    TreeId tree,
    Instant time,
    String cluster,
    String namespace,
    List<ObjectRef> machines,
    ConsistencyLevel level,
    Map<ObjectRef, ConsistencyLevel> betterLevels,
    String run,
    long sizeBytes,
    long storedBytes,
    Optional<Protection> protection,
    Map<String, String> labels,
    List<SnapshotId> copies) {
  public PointSummary {
    machines = List.copyOf(machines);
    betterLevels = Map.copyOf(betterLevels);
    labels = Map.copyOf(labels);
    copies = List.copyOf(copies);
  }

  /// The level that a machine of the point reached.
  public ConsistencyLevel level(ObjectRef machine) {
    return betterLevels.getOrDefault(machine, level);
  }

  PointSummary withCopies(List<SnapshotId> all) {
    return new PointSummary(
        name,
        domain,
        snapshot,
        tree,
        time,
        cluster,
        namespace,
        machines,
        level,
        betterLevels,
        run,
        sizeBytes,
        storedBytes,
        protection,
        labels,
        all);
  }
}
