package io.firn.repository;

import static java.util.Objects.requireNonNull;

import io.firn.repository.key.KdfCost;
import java.time.InstantSource;

/// What a repository takes from outside. `packSizeBytes` is the size that packs are filled to,
/// `compressionLevel` is zstd's, `kdfCost` is for key files that are made from now on.
public record RepositoryOptions(
    InstantSource clock, KdfCost kdfCost, int packSizeBytes, int compressionLevel) {
  public static final RepositoryOptions DEFAULT =
      new RepositoryOptions(InstantSource.system(), KdfCost.DEFAULT, 16 << 20, 1);

  public RepositoryOptions {
    requireNonNull(clock, "clock is null");
    requireNonNull(kdfCost, "kdfCost is null");
    if (packSizeBytes < 1 << 16 || packSizeBytes > 128 << 20) {
      throw new IllegalArgumentException("a pack has 64 KiB to 128 MiB, not " + packSizeBytes);
    }
  }

  public RepositoryOptions withKdfCost(KdfCost cost) {
    return new RepositoryOptions(clock, cost, packSizeBytes, compressionLevel);
  }

  public RepositoryOptions withClock(InstantSource source) {
    return new RepositoryOptions(source, kdfCost, packSizeBytes, compressionLevel);
  }

  public RepositoryOptions withPackSizeBytes(int bytes) {
    return new RepositoryOptions(clock, kdfCost, bytes, compressionLevel);
  }
}
