package io.firn.repository;

import static java.util.Objects.requireNonNull;

import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.LockTimer;
import java.time.InstantSource;

/// What a repository takes from outside. `packSizeBytes` is the size that packs are filled to,
/// `compressionLevel` is zstd's, `kdfCost` is for key files that are made from now on.
public record RepositoryOptions(
    InstantSource clock,
    LockTimer lockTimer,
    KdfCost kdfCost,
    int packSizeBytes,
    int compressionLevel) {
  public static final RepositoryOptions DEFAULT =
      new RepositoryOptions(InstantSource.system(), LockTimer.SYSTEM, KdfCost.DEFAULT, 16 << 20, 1);

  public RepositoryOptions {
    requireNonNull(clock, "clock is null");
    requireNonNull(lockTimer, "lockTimer is null");
    requireNonNull(kdfCost, "kdfCost is null");
    if (packSizeBytes < 1 << 16 || packSizeBytes > 128 << 20) {
      throw new IllegalArgumentException("a pack has 64 KiB to 128 MiB, not " + packSizeBytes);
    }
  }

  public RepositoryOptions withKdfCost(KdfCost cost) {
    return new RepositoryOptions(clock, lockTimer, cost, packSizeBytes, compressionLevel);
  }

  public RepositoryOptions withClock(InstantSource source) {
    return new RepositoryOptions(source, lockTimer, kdfCost, packSizeBytes, compressionLevel);
  }

  public RepositoryOptions withLockTimer(LockTimer timer) {
    return new RepositoryOptions(clock, timer, kdfCost, packSizeBytes, compressionLevel);
  }

  public RepositoryOptions withPackSizeBytes(int bytes) {
    return new RepositoryOptions(clock, lockTimer, kdfCost, bytes, compressionLevel);
  }
}
