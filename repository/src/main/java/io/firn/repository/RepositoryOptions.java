package io.firn.repository;

import static java.util.Objects.requireNonNull;

import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.LockTimer;
import java.time.Duration;
import java.time.InstantSource;

/// What a repository takes from outside. `packSizeBytes` is the size that packs are filled to,
/// `compressionLevel` is zstd's, `kdfCost` is for key files that are made from now on, `lockWait`
/// is how long whoever meets a lock that excludes him waits for it to go.
public record RepositoryOptions(
    InstantSource clock,
    LockTimer lockTimer,
    KdfCost kdfCost,
    int packSizeBytes,
    int compressionLevel,
    Duration lockWait) {
  public static final RepositoryOptions DEFAULT =
      new RepositoryOptions(
          InstantSource.system(),
          LockTimer.SYSTEM,
          KdfCost.DEFAULT,
          16 << 20,
          1,
          Duration.ofMinutes(2));

  public RepositoryOptions {
    requireNonNull(clock, "clock is null");
    requireNonNull(lockTimer, "lockTimer is null");
    requireNonNull(kdfCost, "kdfCost is null");
    requireNonNull(lockWait, "lockWait is null");
    if (packSizeBytes < 1 << 16 || packSizeBytes > 128 << 20) {
      throw new IllegalArgumentException("a pack has 64 KiB to 128 MiB, not " + packSizeBytes);
    }
  }

  public RepositoryOptions withKdfCost(KdfCost cost) {
    return new RepositoryOptions(clock, lockTimer, cost, packSizeBytes, compressionLevel, lockWait);
  }

  public RepositoryOptions withClock(InstantSource source) {
    return new RepositoryOptions(
        source, lockTimer, kdfCost, packSizeBytes, compressionLevel, lockWait);
  }

  public RepositoryOptions withLockTimer(LockTimer timer) {
    return new RepositoryOptions(clock, timer, kdfCost, packSizeBytes, compressionLevel, lockWait);
  }

  public RepositoryOptions withPackSizeBytes(int bytes) {
    return new RepositoryOptions(clock, lockTimer, kdfCost, bytes, compressionLevel, lockWait);
  }

  public RepositoryOptions withLockWait(Duration wait) {
    return new RepositoryOptions(clock, lockTimer, kdfCost, packSizeBytes, compressionLevel, wait);
  }
}
