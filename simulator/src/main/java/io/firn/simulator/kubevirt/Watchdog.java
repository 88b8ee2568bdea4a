package io.firn.simulator.kubevirt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The safety timer of a freeze: it lives in the launcher and thaws the guest when nobody else did.
///
/// Thread-safe.
final class Watchdog {
  private Optional<Instant> deadline = Optional.empty();

  /// Arms the timer; a timeout of zero means none.
  synchronized void arm(Instant now, Duration timeout) {
    deadline = timeout.isZero() ? Optional.empty() : Optional.of(now.plus(timeout));
  }

  synchronized void cancel() {
    deadline = Optional.empty();
  }

  /// Whether the timer has run out; it says so once.
  synchronized boolean expired(Instant now) {
    boolean due = deadline.isPresent() && !now.isBefore(deadline.get());
    if (due) {
      deadline = Optional.empty();
    }
    return due;
  }
}
