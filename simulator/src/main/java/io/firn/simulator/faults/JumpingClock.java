package io.firn.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that can be set forwards and backwards. Thread-safe.
public final class JumpingClock implements InstantSource {
  private final InstantSource real;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  public JumpingClock(InstantSource real) {
    this.real = real;
  }

  /// Jumps; a negative duration goes back.
  public void jump(Duration by) {
    offset.accumulateAndGet(by, Duration::plus);
  }

  @Override
  public Instant instant() {
    return real.instant().plus(offset.get());
  }
}
