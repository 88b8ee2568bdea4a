package io.firn.repository.disk;

import io.firn.repository.blob.BlobLoader;
import java.nio.ByteBuffer;
import java.util.Objects;

/// Reads of a stored disk at any offset, through a small cache. Thread-safe.
public final class DiskReads {
  private static final long CACHE_BYTES = 16L << 20;

  private final BlobOffsets blobs;
  private final BlobCache cache;

  public DiskReads(BlobOffsets blobs, BlobLoader loader) {
    this.blobs = blobs;
    this.cache = new BlobCache(loader, CACHE_BYTES);
  }

  public long sizeBytes() {
    return blobs.sizeBytes();
  }

  public void read(long offsetBytes, ByteBuffer target) {
    Objects.checkFromIndexSize(offsetBytes, target.remaining(), sizeBytes());
    long at = offsetBytes;
    while (target.hasRemaining()) {
      int blob = blobs.blobAt(at);
      int skip = (int) (at - blobs.offset(blob));
      int length = Math.min(blobs.length(blob) - skip, target.remaining());
      if (blobs.isZeros(blob)) {
        zeros(target, length);
      } else {
        target.put(cache.get(blobs.id(blob)), skip, length);
      }
      at += length;
    }
  }

  private static void zeros(ByteBuffer target, int length) {
    ByteBuffer part = target.slice(target.position(), length);
    while (part.remaining() >= Long.BYTES) {
      part.putLong(0);
    }
    while (part.hasRemaining()) {
      part.put((byte) 0);
    }
    target.position(target.position() + length);
  }
}
