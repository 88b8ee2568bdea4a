package io.firn.repository.disk;

import java.util.BitSet;
import java.util.Random;

/// Which of the blocks that are said to be unchanged are read all the same: two in a hundred, and
/// sixteen at least, drawn from a seed.
final class SpotCheck {
  private static final int ONE_IN = 50;
  private static final int FEWEST = 16;

  private SpotCheck() {}

  static BitSet draw(BitSet unchanged, long seed) {
    Random random = new Random(seed);
    int left = unchanged.cardinality();
    int wanted = Math.min(left, Math.max(FEWEST, Math.ceilDiv(left, ONE_IN)));
    BitSet drawn = new BitSet();
    // Each block is taken with the chance that still fills the sample: all samples are equally
    // likely.
    for (int block = unchanged.nextSetBit(0); wanted > 0; block = unchanged.nextSetBit(block + 1)) {
      if (random.nextInt(left) < wanted) {
        drawn.set(block);
        wanted--;
      }
      left--;
    }
    return drawn;
  }
}
