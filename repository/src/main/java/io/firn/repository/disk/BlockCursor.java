package io.firn.repository.disk;

import io.firn.repository.ByteRange;
import java.util.List;

/// Hands out the numbers of the blocks that touch data, in order, to several workers. Thread-safe.
final class BlockCursor {
  private final List<ByteRange> ranges;
  private final int blockBytes;
  private int range;
  private long next;

  /// `ranges` are sorted and do not overlap.
  BlockCursor(List<ByteRange> ranges, int blockBytes) {
    this.ranges = ranges;
    this.blockBytes = blockBytes;
  }

  /// The next block, or -1 where there is none left.
  synchronized long next() {
    while (range < ranges.size()) {
      ByteRange current = ranges.get(range);
      next = Math.max(next, current.offsetBytes() / blockBytes);
      if (current.lengthBytes() > 0 && next * blockBytes < current.endBytes()) {
        return next++;
      }
      range++;
    }
    return -1;
  }
}
