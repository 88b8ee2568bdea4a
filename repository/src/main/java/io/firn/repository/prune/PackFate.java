package io.firn.repository.prune;

/// What a prune does with a pack.
public enum PackFate {
  /// Needed, and full enough.
  KEEP,
  /// Needed in part: what is alive is written to a new pack, then this one is dead.
  REPACK,
  /// Needed and small, as many are: written anew together with these, then dead.
  MERGE,
  /// Needed by nothing, seen for the first time: marked now.
  DEAD,
  /// Dead and marked, the grace period not over.
  WAITING,
  /// Dead for longer than the grace period: deleted now.
  DUE,
  /// In no index, left by a writer that was stopped: marked, if it is not yet.
  STRAY,
  /// In no index for longer than the grace period: deleted now.
  STRAY_DUE,
  /// Dead, or worth repacking, and protected by the storage until some time.
  LOCKED
}
