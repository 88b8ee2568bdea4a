package io.firn.backend.s3;

import io.firn.repository.backend.Pause;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets so many bytes a second through, over all threads together. Whoever comes early waits.
/// Thread-safe.
final class Bandwidth {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private long freeAtNanos;

  /// `bytesPerSecond` 0 for no limit.
  Bandwidth(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.freeAtNanos = nanoTime.getAsLong();
  }

  /// Waits until the bytes may pass.
  void pass(int bytes) throws InterruptedException {
    if (bytesPerSecond == 0 || bytes <= 0) {
      return;
    }
    long wait = book(bytes);
    if (wait > 0) {
      pause.pause(Duration.ofNanos(wait));
    }
  }

  /// Books the line for these bytes; returns how long to wait for those before.
  private synchronized long book(int bytes) {
    long now = nanoTime.getAsLong();
    long begin = Math.max(now, freeAtNanos);
    freeAtNanos = begin + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    return begin - now;
  }
}
