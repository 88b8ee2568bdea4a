package io.firn.repository;

import java.nio.ByteBuffer;

/// A disk in the repository that can be read at any offset. Thread-safe.
public final class StoredDisk {
  StoredDisk() {}

  public long sizeBytes() {
    throw new UnsupportedOperationException("stub");
  }

  /// Fills `target` from `offsetBytes`; the range is within the size.
  public void read(long offsetBytes, ByteBuffer target) {
    throw new UnsupportedOperationException("stub");
  }
}
