package io.firn.repository.disk;

import io.firn.repository.DiskSource;
import io.firn.repository.concurrent.SideWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Reads blocks of a disk in order on threads of its own, and has something done with each, until
/// told to stop, until there is no more room for what comes of it, or until a read fails: whoever
/// stores the disk reads there again, and has to say it. Thread-safe.
final class AheadReader implements AutoCloseable {
  private final DiskSource source;
  private final int blockBytes;
  private final BlockCursor cursor;
  private final BooleanSupplier room;
  private final SideWork<Optional<IOException>> reading;
  private volatile boolean stopped;

  /// What one thread does with its blocks.
  interface Step extends AutoCloseable {
    /// A block that is not only zeros.
    void data(int block, byte[] bytes, int length);

    void zeros(int block);

    @Override
    default void close() {}
  }

  /// Makes a [Step] for each thread.
  interface Steps {
    Step make();
  }

  /// Begins to read. `room` says whether to go on; the source stays the caller's.
  AheadReader(
      DiskSource source,
      int blockBytes,
      BitSet blocks,
      int workers,
      BooleanSupplier room,
      Steps steps) {
    this.source = source;
    this.blockBytes = blockBytes;
    this.cursor = new BlockCursor(blocks);
    this.room = room;
    this.reading = SideWork.start("firn-ahead", () -> read(workers, steps));
  }

  boolean fits(long sizeBytes, int wantedBlockBytes) {
    return source.sizeBytes() == sizeBytes && blockBytes == wantedBlockBytes;
  }

  /// Waits until nothing is left to read, or no room.
  void awaitEnd() {
    reading.close();
  }

  @Override
  public void close() {
    stopped = true;
    reading.close();
  }

  private Optional<IOException> read(int workers, Steps steps) {
    try {
      Workers.run("firn-ahead", workers, running -> work(running, steps));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private void work(Workers running, Steps steps) throws IOException {
    byte[] bytes = new byte[blockBytes];
    try (Step step = steps.make()) {
      int block = cursor.next();
      while (block >= 0 && !stopped && !running.stopped() && room.getAsBoolean()) {
        long offset = (long) block * blockBytes;
        int length = (int) Math.min(blockBytes, source.sizeBytes() - offset);
        source.read(offset, ByteBuffer.wrap(bytes, 0, length));
        if (Zeros.only(bytes, 0, length)) {
          step.zeros(block);
        } else {
          step.data(block, bytes, length);
        }
        block = cursor.next();
      }
    }
  }
}
