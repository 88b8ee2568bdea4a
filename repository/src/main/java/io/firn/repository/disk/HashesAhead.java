package io.firn.repository.disk;

import io.firn.repository.Digest;
import io.firn.repository.DiskSource;
import io.firn.repository.crypto.Sha256;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Blocks of a disk that are read and hashed ahead. Those that the repository turns out to have are
/// done with; the others are read again when they are stored.
///
/// Bounded: hashes of up to 16,384 blocks, about 2 MiB. Thread-safe.
public final class HashesAhead implements WorkAhead {
  private static final int MOST_BLOCKS = 16_384;

  private final Map<Integer, Optional<Digest>> hashes = new ConcurrentHashMap<>();
  private final AheadReader reader;

  private HashesAhead(DiskSource source, int blockBytes, int workers) throws IOException {
    BitSet blocks = BlockCursor.touched(source.dataRanges(), blockBytes);
    this.reader =
        new AheadReader(
            source,
            blockBytes,
            blocks,
            workers,
            () -> hashes.size() < MOST_BLOCKS,
            () -> new Hashing(hashes));
  }

  /// Starts. `blockSizeBytes` as in [io.firn.repository.DiskOptions]; the source stays the
  /// caller's, who closes this before it.
  public static HashesAhead start(DiskSource source, int blockSizeBytes, int workers)
      throws IOException {
    int blockBytes = BlockSize.resolve(blockSizeBytes, source.sizeBytes());
    return new HashesAhead(source, blockBytes, workers);
  }

  @Override
  public boolean fits(long sizeBytes, int blockBytes) {
    return reader.fits(sizeBytes, blockBytes);
  }

  /// Whether the block was read.
  boolean has(int block) {
    return hashes.containsKey(block);
  }

  /// The hash of a block that was read; empty where it is zeros.
  Optional<Digest> hash(int block) {
    return hashes.getOrDefault(block, Optional.empty());
  }

  @Override
  public void close() {
    reader.close();
  }

  private static final class Hashing implements AheadReader.Step {
    private final Map<Integer, Optional<Digest>> hashes;
    private final Sha256 sha = new Sha256();

    Hashing(Map<Integer, Optional<Digest>> hashes) {
      this.hashes = hashes;
    }

    @Override
    public void data(int block, byte[] bytes, int length) {
      hashes.put(block, Optional.of(sha.digest(bytes, 0, length)));
    }

    @Override
    public void zeros(int block) {
      hashes.put(block, Optional.empty());
    }
  }
}
