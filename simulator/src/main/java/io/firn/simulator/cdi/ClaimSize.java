package io.firn.simulator.cdi;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// How large a claim must be for a disk, and how large a disk fits on a claim: a file system takes
/// a share for itself.
final class ClaimSize {
  static final BigDecimal OVERHEAD = new BigDecimal("0.06");
  private static final long MEBIBYTE = 1 << 20;
  private static final BigDecimal FACTOR = BigDecimal.ONE.add(OVERHEAD);

  private ClaimSize() {}

  /// The size to request for a disk of `diskBytes` on a file system.
  static long inflated(long diskBytes) {
    long aligned = (diskBytes + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
    return BigDecimal.valueOf(aligned)
        .multiply(FACTOR)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }

  /// The largest disk on a claim of that capacity.
  static long usable(long capacityBytes, boolean block) {
    if (block) {
      return capacityBytes;
    }
    long raw = BigDecimal.valueOf(capacityBytes).divide(FACTOR, RoundingMode.FLOOR).longValue();
    return raw / MEBIBYTE * MEBIBYTE;
  }
}
