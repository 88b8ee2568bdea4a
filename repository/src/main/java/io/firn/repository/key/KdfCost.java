package io.firn.repository.key;

/// What scrypt costs: `n` (a power of two), `r` and `p`. Memory is 128 · r · (n + p) bytes.
public record KdfCost(int n, int r, int p) {
  /// 32 MiB and about 150 ms: what restic's calibration arrives at on ordinary machines.
  public static final KdfCost DEFAULT = new KdfCost(32768, 8, 1);

  /// More than this is refused when read from a key file: it would be an attack on our memory.
  private static final long MAX_MEMORY_BYTES = 1L << 30;

  /// A minute or so of work: 512 times the default.
  private static final long MAX_WORK = 1L << 27;

  public KdfCost {
    if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || p < 1) {
      throw new IllegalArgumentException("not scrypt parameters: " + n + ", " + r + ", " + p);
    }
    // Bounded one after the other, so that no product overflows.
    long work = (long) n * r;
    if (work > MAX_MEMORY_BYTES / 128 || (long) r * p > MAX_MEMORY_BYTES / 128) {
      throw new IllegalArgumentException("scrypt parameters ask for more than 1 GiB of memory");
    }
    if (work * p > MAX_WORK) {
      throw new IllegalArgumentException("scrypt parameters ask for more than a minute of work");
    }
  }

  /// What one derivation takes.
  public long memoryBytes() {
    return 128L * r * ((long) n + p);
  }
}
