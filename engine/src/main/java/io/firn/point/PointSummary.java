package io.firn.point;

import io.firn.graph.ObjectRef;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import java.time.Instant;
import java.util.List;

/// What a list of points shows, read from the snapshot alone (its tags and summary): no tree is
/// touched. `sizeBytes` is the logical size of all volumes, `storedBytes` what this point added to
/// the vault. `level` is the weakest of its machines.
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
    String run,
    long sizeBytes,
    long storedBytes) {
  public PointSummary {
    machines = List.copyOf(machines);
  }
}
