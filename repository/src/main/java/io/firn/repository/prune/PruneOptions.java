package io.firn.repository.prune;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

/// What a prune may do. `grace` is how long a dead pack stays before it is deleted; zero means at
/// once, alone in the repository. `maxUnusedPercent` of all bytes may stay dead inside packs that
/// are alive; beyond that, packs with less than `repackBelowPercent` alive are written anew,
/// emptiest first, `maxRepackBytes` (of what is written) at most. Packs smaller than
/// `repackSmallerThanBytes` (empty: a 25th of the size that packs are filled to, as with restic)
/// are written anew together where there are many.
public record PruneOptions(
    Duration grace,
    int maxUnusedPercent,
    long maxRepackBytes,
    int repackBelowPercent,
    OptionalLong repackSmallerThanBytes) {
  public static final PruneOptions DEFAULT =
      new PruneOptions(Duration.ofHours(24), 5, Long.MAX_VALUE, 80, OptionalLong.empty());

  public PruneOptions {
    requireNonNull(grace, "grace is null");
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a grace period is not negative: " + grace);
    }
    if (maxUnusedPercent < 0 || maxUnusedPercent > 100) {
      throw new IllegalArgumentException("no percentage: " + maxUnusedPercent);
    }
    if (repackBelowPercent < 0 || repackBelowPercent > 100) {
      throw new IllegalArgumentException("no percentage: " + repackBelowPercent);
    }
    if (maxRepackBytes < 0 || repackSmallerThanBytes.orElse(0) < 0) {
      throw new IllegalArgumentException("a size is not negative: " + maxRepackBytes);
    }
  }

  public PruneOptions withGrace(Duration period) {
    return new PruneOptions(
        period, maxUnusedPercent, maxRepackBytes, repackBelowPercent, repackSmallerThanBytes);
  }

  public PruneOptions withMaxUnusedPercent(int percent) {
    return new PruneOptions(
        grace, percent, maxRepackBytes, repackBelowPercent, repackSmallerThanBytes);
  }

  public PruneOptions withMaxRepackBytes(long bytes) {
    return new PruneOptions(
        grace, maxUnusedPercent, bytes, repackBelowPercent, repackSmallerThanBytes);
  }

  public PruneOptions withRepackBelowPercent(int percent) {
    return new PruneOptions(
        grace, maxUnusedPercent, maxRepackBytes, percent, repackSmallerThanBytes);
  }

  public PruneOptions withRepackSmallerThanBytes(long bytes) {
    return new PruneOptions(
        grace, maxUnusedPercent, maxRepackBytes, repackBelowPercent, OptionalLong.of(bytes));
  }
}
