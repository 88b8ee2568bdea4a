package io.firn.repository.disk;

import io.firn.repository.ChangedRanges;
import io.firn.repository.ChangesOutcome;
import io.firn.repository.DiskSource;
import io.firn.repository.blob.BlobSaver;
import io.firn.repository.crypto.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Puts changed ranges to the proof, before anything is taken over from the parent: do they fit,
/// and are blocks that they call unchanged the parent's? Changes nothing itself.
final class ChangesTrial {
  private final DiskSource source;
  private final BlobSaver saver;
  private final BlockHashes blocks;
  private final int blockBytes;
  private final int workers;
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicInteger wrongBlock = new AtomicInteger(-1);

  ChangesTrial(
      DiskSource source, BlobSaver saver, BlockHashes blocks, int blockBytes, int workers) {
    this.source = source;
    this.saver = saver;
    this.blocks = blocks;
    this.blockBytes = blockBytes;
    this.workers = workers;
  }

  /// `outcome`; and where it is [ChangesOutcome.Followed], the parent, the blocks to keep of it,
  /// and the blocks to read.
  record Verdict(ChangesOutcome outcome, Optional<Accepted> accepted) {}

  record Accepted(ParentBlocks parent, BitSet keep, BitSet read) {}

  /// `data` are the blocks that may hold data, by what the source says of its holes.
  Verdict run(ChangedRanges changed, BitSet data) throws IOException {
    ParentBlocks parent;
    BitSet dirty;
    try {
      parent = ParentBlocks.of(changed, source.sizeBytes(), blockBytes, saver);
      dirty = BlockCursor.touched(ParentBlocks.within(changed, source.sizeBytes()), blockBytes);
    } catch (ParentBlocks.UnusableException e) {
      return new Verdict(
          new ChangesOutcome.Refused(String.valueOf(e.getMessage())), Optional.empty());
    }
    dirty.or(parent.gone());
    BitSet keep = new BitSet();
    keep.set(0, blocks.blocks());
    keep.andNot(dirty);
    int hole = holeWithData(keep, data, parent);
    if (hole >= 0) {
      return disproved(hole);
    }
    BitSet readable = (BitSet) keep.clone();
    readable.and(data);
    BitSet checked = SpotCheck.draw(readable, changed.seed());
    BlockCursor cursor = new BlockCursor(checked);
    Workers.run("firn-check", workers, running -> check(cursor, parent, running));
    if (wrongBlock.get() >= 0) {
      return disproved(wrongBlock.get());
    }
    BitSet read = dirty;
    read.and(data);
    return new Verdict(
        new ChangesOutcome.Followed(keep.cardinality(), checked.cardinality()),
        Optional.of(new Accepted(parent, keep, read)));
  }

  /// Bytes that the proof has cost.
  long bytesRead() {
    return bytesRead.get();
  }

  /// Costs no read: an "unchanged" block that is a hole now and was data before has changed.
  private static int holeWithData(BitSet keep, BitSet data, ParentBlocks parent) {
    for (int block = keep.nextSetBit(0); block >= 0; block = keep.nextSetBit(block + 1)) {
      if (!data.get(block) && !parent.isZero(block)) {
        return block;
      }
    }
    return -1;
  }

  private void check(BlockCursor cursor, ParentBlocks parent, Workers running) throws IOException {
    byte[] block = new byte[blockBytes];
    Sha256 sha = new Sha256();
    int next = cursor.next();
    while (next >= 0 && wrongBlock.get() < 0 && !running.stopped()) {
      int length = blocks.length(next);
      source.read((long) next * blockBytes, ByteBuffer.wrap(block, 0, length));
      bytesRead.addAndGet(length);
      boolean same =
          parent.isZero(next)
              ? Zeros.only(block, 0, length)
              : sha.digest(block, 0, length).equals(parent.hash(next));
      if (!same) {
        wrongBlock.compareAndSet(-1, next);
      }
      next = cursor.next();
    }
  }

  private Verdict disproved(int block) {
    return new Verdict(new ChangesOutcome.Disproved((long) block * blockBytes), Optional.empty());
  }
}
