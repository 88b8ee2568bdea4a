package io.firn.repository.key;

/// What became of the wish to remove a key.
public enum KeyRemoval {
  REMOVED,
  /// There is no such key.
  ABSENT,
  /// It is the one that this repository was opened with: open it with another password first.
  REFUSED_CURRENT,
  /// The current key is gone or damaged, so this may be the last that opens: open the repository
  /// again first.
  REFUSED_LAST
}
