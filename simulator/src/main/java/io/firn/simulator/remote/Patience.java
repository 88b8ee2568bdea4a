package io.firn.simulator.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waiting for an API server that works at its own pace.
public final class Patience {
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Patience() {}

  /// Asks until there is an answer; an IllegalStateException after five minutes, or when
  /// interrupted.
  public static <T> T until(String what, Supplier<Optional<T>> ask) {
    long end = System.nanoTime() + MOST.toNanos();
    while (true) {
      Optional<T> answer = ask.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
