package io.firn.repository.disk;

import io.firn.repository.Digest;
import io.firn.repository.DiskSource;
import io.firn.repository.concurrent.SideWork;
import io.firn.repository.crypto.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Blocks of a disk that are read and hashed while the repository is still being opened, locked and
/// looked at. Those that it turns out to have are done with; the others are read again when they
/// are stored (docs/decisions/0030).
///
/// Bounded: hashes of up to 16,384 blocks, about 2 MiB. Thread-safe.
public final class HashesAhead implements AutoCloseable {
  private static final int MOST_BLOCKS = 16_384;

  private final DiskSource source;
  private final int blockBytes;
  private final BlockCursor cursor;
  private final SideWork<Boolean> reading;
  private final Map<Integer, Optional<Digest>> hashes = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  private HashesAhead(DiskSource source, int blockBytes, int workers) throws IOException {
    this.source = source;
    this.blockBytes = blockBytes;
    this.cursor = new BlockCursor(BlockCursor.touched(source.dataRanges(), blockBytes));
    this.reading = SideWork.start("firn-ahead", () -> read(workers));
  }

  /// Starts. `blockSizeBytes` as in [io.firn.repository.DiskOptions]; the source stays the
  /// caller's, who closes this before it.
  public static HashesAhead start(DiskSource source, int blockSizeBytes, int workers)
      throws IOException {
    int blockBytes = BlockSize.resolve(blockSizeBytes, source.sizeBytes());
    return new HashesAhead(source, blockBytes, workers);
  }

  /// Whether these are hashes of such a disk.
  boolean fits(long sizeBytes, int wantedBlockBytes) {
    return source.sizeBytes() == sizeBytes && blockBytes == wantedBlockBytes;
  }

  /// Whether the block was read.
  boolean has(int block) {
    return hashes.containsKey(block);
  }

  /// The hash of a block that was read; empty where it is zeros.
  Optional<Digest> hash(int block) {
    return hashes.getOrDefault(block, Optional.empty());
  }

  /// Reads no further; what was read stays. Waits for reads in progress.
  @Override
  public void close() {
    stopped = true;
    reading.close();
  }

  /// Whether nothing stood in the way. If something did, whoever stores the disk reads there again,
  /// and has to say it.
  private boolean read(int workers) {
    try {
      Workers.run("firn-ahead", workers, this::work);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void work(Workers running) throws IOException {
    byte[] bytes = new byte[blockBytes];
    Sha256 sha = new Sha256();
    int block = cursor.next();
    while (block >= 0 && !stopped && !running.stopped() && hashes.size() < MOST_BLOCKS) {
      long offset = (long) block * blockBytes;
      int length = (int) Math.min(blockBytes, source.sizeBytes() - offset);
      source.read(offset, ByteBuffer.wrap(bytes, 0, length));
      hashes.put(
          block,
          Zeros.only(bytes, 0, length)
              ? Optional.empty()
              : Optional.of(sha.digest(bytes, 0, length)));
      block = cursor.next();
    }
  }
}
