package io.firn.backend.s3;

import java.time.Duration;
import java.util.Optional;

/// What a bucket itself enforces. `defaultMode` and `defaultPeriod` are of its default retention,
/// which new objects get that ask for none.
public record BucketProtection(
    boolean versioning,
    boolean objectLock,
    Optional<LockMode> defaultMode,
    Optional<Duration> defaultPeriod) {
  public static final BucketProtection NONE =
      new BucketProtection(false, false, Optional.empty(), Optional.empty());
}
