package io.firn.repository.disk;

import io.firn.repository.BlobId;
import io.firn.repository.ByteRange;
import io.firn.repository.Compression;
import io.firn.repository.DiskSource;
import io.firn.repository.blob.BlobCompressor;
import io.firn.repository.blob.CompressedBlob;
import io.firn.repository.crypto.Sha256;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Blocks of a disk that are read, hashed and compressed ahead, so that they only need to be sealed
/// when they are stored. For blocks of which somebody says that they have changed: most of them are
/// new to the repository, and work on the others is lost.
///
/// Bounded: holds 48 MiB of blocks, less on a disk whose list of blocks needs the memory. A block
/// is given up when it is taken. Thread-safe.
public final class BlocksAhead implements WorkAhead {
  private static final long MOST_BYTES = 48L << 20;

  /// What the books of a disk take of a block, more or less: its hash, and its parent's.
  private static final long BOOKS_BYTES = 64;

  private final Map<Integer, Block> blocks = new ConcurrentHashMap<>();
  private final AtomicLong held = new AtomicLong();
  private final AheadReader reader;

  /// A block that was read: its blob, or that it is zeros.
  record Block(Optional<Blob> blob) {}

  record Blob(BlobId id, CompressedBlob compressed) {}

  private BlocksAhead(
      DiskSource source, int blockBytes, BitSet wanted, Compression compression, int workers) {
    long most = mostBytes(source.sizeBytes(), blockBytes);
    this.reader =
        new AheadReader(
            source,
            blockBytes,
            wanted,
            workers,
            () -> held.get() < most,
            () -> new Compressing(compression));
  }

  /// What may be held for a disk of that size; not positive where that is nothing.
  static long mostBytes(long sizeBytes, int blockBytes) {
    return MOST_BYTES - BOOKS_BYTES * Math.ceilDiv(sizeBytes, (long) blockBytes);
  }

  /// Starts with the blocks that the ranges touch, as far as they lie within the disk.
  /// `blockSizeBytes` as in [io.firn.repository.DiskOptions]; the source stays the caller's, who
  /// closes this before it.
  public static BlocksAhead start(
      DiskSource source,
      int blockSizeBytes,
      List<ByteRange> ranges,
      Compression compression,
      int workers)
      throws IOException {
    int blockBytes = BlockSize.resolve(blockSizeBytes, source.sizeBytes());
    BitSet wanted = BlockCursor.touched(source.dataRanges(), blockBytes);
    List<ByteRange> within =
        ranges.stream().filter(range -> range.endBytes() <= source.sizeBytes()).toList();
    wanted.and(BlockCursor.touched(within, blockBytes));
    return new BlocksAhead(source, blockBytes, wanted, compression, workers);
  }

  @Override
  public boolean fits(long sizeBytes, int blockBytes) {
    return reader.fits(sizeBytes, blockBytes);
  }

  /// What was made of a block; empty where it was not read, or was taken before.
  Optional<Block> take(int number) {
    Optional<Block> block = Optional.ofNullable(blocks.remove(number));
    block.flatMap(Block::blob).ifPresent(blob -> held.addAndGet(-blob.compressed().heldBytes()));
    return block;
  }

  long heldBytes() {
    return held.get();
  }

  /// Waits until there is nothing left to do, or no room.
  void awaitEnd() {
    reader.awaitEnd();
  }

  @Override
  public void close() {
    reader.close();
  }

  private final class Compressing implements AheadReader.Step {
    private final BlobCompressor compressor;
    private final Sha256 sha = new Sha256();

    Compressing(Compression compression) {
      compressor = new BlobCompressor(compression);
    }

    @Override
    public void data(int block, byte[] bytes, int length) {
      BlobId id = new BlobId(sha.digest(bytes, 0, length));
      CompressedBlob compressed = compressor.data(bytes, length);
      held.addAndGet(compressed.heldBytes());
      blocks.put(block, new Block(Optional.of(new Blob(id, compressed))));
    }

    @Override
    public void zeros(int block) {
      blocks.put(block, new Block(Optional.empty()));
    }

    @Override
    public void close() {
      compressor.close();
    }
  }
}
