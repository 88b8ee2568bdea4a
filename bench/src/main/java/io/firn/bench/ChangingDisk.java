package io.firn.bench;

import io.firn.repository.ByteRange;
import io.firn.repository.DiskSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/// A disk in memory, all random bytes, of which a seeded part is overwritten from point to point.
final class ChangingDisk implements DiskSource {
  private static final int PIECE_BYTES = 64 << 10;

  private final byte[] content;
  private final Random random;

  ChangingDisk(int sizeBytes, long seed) {
    content = new byte[sizeBytes];
    random = new Random(seed);
    random.nextBytes(content);
  }

  void overwrite(int pieces) {
    byte[] piece = new byte[PIECE_BYTES];
    for (int i = 0; i < pieces; i++) {
      random.nextBytes(piece);
      int at = random.nextInt(content.length / PIECE_BYTES) * PIECE_BYTES;
      System.arraycopy(piece, 0, content, at, piece.length);
    }
  }

  @Override
  public long sizeBytes() {
    return content.length;
  }

  @Override
  public void read(long offsetBytes, ByteBuffer target) {
    target.put(content, (int) offsetBytes, target.remaining());
  }

  @Override
  public List<ByteRange> dataRanges() {
    return List.of(new ByteRange(0, content.length));
  }

  @Override
  public void close() {}
}
