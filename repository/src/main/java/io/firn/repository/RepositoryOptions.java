package io.firn.repository;

import static java.util.Objects.requireNonNull;

import io.firn.repository.key.KdfCost;
import io.firn.repository.lock.LockTimer;
import java.time.Duration;
import java.time.InstantSource;

/// What a repository takes from outside. `packSizeBytes` is the size that packs are filled to,
/// `compression` is for what is written, `kdfCost` for key files that are made, from now on;
/// `lockWait` is how long whoever meets a lock that excludes him waits for it to go.
public record RepositoryOptions(
    InstantSource clock,
    LockTimer lockTimer,
    KdfCost kdfCost,
    int packSizeBytes,
    Compression compression,
    Duration lockWait) {
  public static final RepositoryOptions DEFAULT =
      new RepositoryOptions(
          InstantSource.system(),
          LockTimer.SYSTEM,
          KdfCost.DEFAULT,
          16 << 20,
          Compression.FASTEST,
          Duration.ofMinutes(2));

  public RepositoryOptions {
    requireNonNull(clock, "clock is null");
    requireNonNull(lockTimer, "lockTimer is null");
    requireNonNull(kdfCost, "kdfCost is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(lockWait, "lockWait is null");
    if (packSizeBytes < 1 << 16 || packSizeBytes > 128 << 20) {
      throw new IllegalArgumentException("a pack has 64 KiB to 128 MiB, not " + packSizeBytes);
    }
  }

  public RepositoryOptions withKdfCost(KdfCost cost) {
    return new RepositoryOptions(clock, lockTimer, cost, packSizeBytes, compression, lockWait);
  }

  public RepositoryOptions withClock(InstantSource source) {
    return new RepositoryOptions(source, lockTimer, kdfCost, packSizeBytes, compression, lockWait);
  }

  public RepositoryOptions withLockTimer(LockTimer timer) {
    return new RepositoryOptions(clock, timer, kdfCost, packSizeBytes, compression, lockWait);
  }

  public RepositoryOptions withPackSizeBytes(int bytes) {
    return new RepositoryOptions(clock, lockTimer, kdfCost, bytes, compression, lockWait);
  }

  public RepositoryOptions withCompression(Compression wanted) {
    return new RepositoryOptions(clock, lockTimer, kdfCost, packSizeBytes, wanted, lockWait);
  }

  public RepositoryOptions withLockWait(Duration wait) {
    return new RepositoryOptions(clock, lockTimer, kdfCost, packSizeBytes, compression, wait);
  }
}
