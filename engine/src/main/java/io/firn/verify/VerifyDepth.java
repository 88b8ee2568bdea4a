package io.firn.verify;

/// How much of a point is read.
public enum VerifyDepth {
  /// Manifest, definitions and trees are read; of data, that every blob is known to the index and
  /// its pack is there.
  STRUCTURE,
  /// Every byte is read, and digests are compared with those at capture.
  DATA
}
