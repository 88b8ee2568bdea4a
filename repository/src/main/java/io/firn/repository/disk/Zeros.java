package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.crypto.Sha256;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Blobs of zeros: their IDs by size, and whether bytes are zeros.
final class Zeros {
  /// The largest zero blob that Firn writes: restic holds a blob whole in memory.
  static final int LARGEST_BYTES = 16 << 20;

  /// restic restores a file sparsely only where its content names a blob of exactly this many
  /// zeros.
  static final int SPARSE_TRIGGER_BYTES = 512 << 10;

  private static final Map<Integer, BlobId> IDS = new ConcurrentHashMap<>();
  private static final byte[] PIECE = new byte[64 << 10];

  private Zeros() {}

  /// The ID of a blob of that many zeros.
  static BlobId id(int sizeBytes) {
    return IDS.computeIfAbsent(sizeBytes, Zeros::compute);
  }

  static boolean only(byte[] bytes, int offset, int length) {
    return length == 0
        || (bytes[offset] == 0
            && Arrays.mismatch(
                    bytes, offset, offset + length - 1, bytes, offset + 1, offset + length)
                < 0);
  }

  private static BlobId compute(int sizeBytes) {
    Sha256 sha = new Sha256();
    for (int done = 0; done < sizeBytes; done += PIECE.length) {
      sha.update(PIECE, 0, Math.min(PIECE.length, sizeBytes - done));
    }
    return new BlobId(sha.finish());
  }
}
