package io.firn.repository.check;

/// Told of a check's progress, from any thread.
public interface CheckListener {
  CheckListener SILENT = (phase, done, total) -> {};

  /// How much of a phase is done: bytes of packs, else files. A check counts the size of the packs
  /// that it looks into, a repair what it reads of them.
  void progress(Phase phase, long done, long total);

  /// What is being looked at, in order.
  enum Phase {
    INDEXES,
    PACKS,
    SNAPSHOTS
  }
}
