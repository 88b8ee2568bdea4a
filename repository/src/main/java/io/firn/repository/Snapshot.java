package io.firn.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A restic snapshot (format notes 1.8): the root tree and what `restic snapshots` prints about it.
/// `original` is the ID of the first version, where tags were changed since.
public record Snapshot(
    Instant time,
    TreeId tree,
    List<String> paths,
    String hostname,
    String username,
    List<String> tags,
    String programVersion,
    Optional<SnapshotId> parent,
    Optional<SnapshotSummary> summary,
    Optional<SnapshotId> original) {
  public Snapshot {
    paths = List.copyOf(paths);
    tags = List.copyOf(tags);
  }

  /// A snapshot of a whole tree, made by this user.
  public static Snapshot of(Instant time, TreeId tree, String hostname, List<String> tags) {
    return new Snapshot(
        time,
        tree,
        List.of("/"),
        hostname,
        System.getProperty("user.name", "unknown"),
        tags,
        "",
        Optional.empty(),
        Optional.empty());
  }

  /// A snapshot that is no later version of another.
  public Snapshot(
      Instant time,
      TreeId tree,
      List<String> paths,
      String hostname,
      String username,
      List<String> tags,
      String programVersion,
      Optional<SnapshotId> parent,
      Optional<SnapshotSummary> summary) {
    this(
        time,
        tree,
        paths,
        hostname,
        username,
        tags,
        programVersion,
        parent,
        summary,
        Optional.empty());
  }
}
