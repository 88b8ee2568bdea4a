package io.firn.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A restic snapshot (format notes 1.8): the root tree and what `restic snapshots` prints about it.
public record Snapshot(
    Instant time,
    TreeId tree,
    List<String> paths,
    String hostname,
    String username,
    List<String> tags,
    String programVersion,
    Optional<SnapshotId> parent,
    Optional<SnapshotSummary> summary) {
  public Snapshot {
    paths = List.copyOf(paths);
    tags = List.copyOf(tags);
  }
}
