package io.firn.repository.prune;

/// Told of a prune's progress, from any thread.
public interface PruneListener {
  PruneListener SILENT = (phase, done, total) -> {};

  /// Items done and in all of a phase; bytes for [Phase#REPACK].
  void progress(Phase phase, long done, long total);

  /// What is being done. A run in two phases walks through snapshots twice.
  enum Phase {
    SNAPSHOTS,
    INDEXES,
    DELETE,
    REPACK
  }
}
