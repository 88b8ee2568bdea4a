package io.firn.repository;

import io.firn.repository.disk.DiskReads;
import java.nio.ByteBuffer;

/// A disk in the repository that can be read at any offset. Thread-safe.
public final class StoredDisk {
  private final DiskReads reads;

  StoredDisk(DiskReads reads) {
    this.reads = reads;
  }

  public long sizeBytes() {
    return reads.sizeBytes();
  }

  /// Fills `target` from `offsetBytes`; the range is within the size. `CORRUPT` names the blob and
  /// the pack that are damaged.
  public void read(long offsetBytes, ByteBuffer target) {
    reads.read(offsetBytes, target);
  }
}
