package io.firn.repository.disk;

/// The block size of a disk. Small blocks store less per scattered change, large ones keep the list
/// of blocks, which every snapshot stores anew, short (docs/decisions/0002).
public final class BlockSize {
  static final int MIN_BYTES = 4 << 10;
  static final int MAX_BYTES = 16 << 20;

  private static final long GIB = 1L << 30;

  private BlockSize() {}

  /// The default for a disk of that size.
  public static int forDisk(long sizeBytes) {
    if (sizeBytes <= 64 * GIB) {
      return 256 << 10;
    }
    if (sizeBytes <= 2048 * GIB) {
      return 512 << 10;
    }
    return sizeBytes <= 8192 * GIB ? 1 << 20 : 4 << 20;
  }

  /// `wanted`, or the default where it is 0.
  public static int resolve(int wanted, long sizeBytes) {
    if (wanted == 0) {
      return forDisk(sizeBytes);
    }
    if (wanted < MIN_BYTES || wanted > MAX_BYTES || Integer.bitCount(wanted) != 1) {
      throw new IllegalArgumentException(
          "a block size is a power of two from 4 KiB to 16 MiB, not " + wanted);
    }
    return wanted;
  }
}
