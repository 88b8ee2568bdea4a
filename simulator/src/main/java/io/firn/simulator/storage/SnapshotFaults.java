package io.firn.simulator.storage;

import java.time.Duration;
import java.util.Optional;

/// Decides how a claim's snapshot goes. Thread-safe.
public interface SnapshotFaults {
  /// How long a snapshot takes to be usable where nothing else is said.
  Duration READY = Duration.ofMillis(150);

  /// Every snapshot is taken at once and ready soon.
  SnapshotFaults NONE = (namespace, claim) -> new Course(Duration.ZERO, Optional.empty(), READY);

  /// Asked before every try.
  Course judge(String namespace, String claim);

  /// The driver works for `delay`, then takes the snapshot or fails with `error`; a snapshot is
  /// usable `untilReady` later.
  record Course(Duration delay, Optional<String> error, Duration untilReady) {}
}
