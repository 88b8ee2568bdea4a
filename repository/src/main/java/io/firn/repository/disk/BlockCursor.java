package io.firn.repository.disk;

import io.firn.repository.ByteRange;
import java.util.BitSet;
import java.util.List;

/// Hands out the numbers of the blocks to be read, in order, to several workers. Thread-safe.
final class BlockCursor {
  private final BitSet blocks;
  private int next;

  /// The caller no longer changes `blocks`.
  BlockCursor(BitSet blocks) {
    this.blocks = blocks;
  }

  /// The blocks that ranges touch.
  static BitSet touched(List<ByteRange> ranges, int blockBytes) {
    BitSet touched = new BitSet();
    for (ByteRange range : ranges) {
      if (range.lengthBytes() > 0) {
        touched.set(
            Math.toIntExact(range.offsetBytes() / blockBytes),
            Math.toIntExact(Math.ceilDiv(range.endBytes(), (long) blockBytes)));
      }
    }
    return touched;
  }

  /// The next block, or -1 where there is none left.
  synchronized int next() {
    int found = blocks.nextSetBit(next);
    next = found < 0 ? next : found + 1;
    return found;
  }
}
