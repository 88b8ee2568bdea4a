package io.firn.repository.lock;

import io.firn.repository.backend.Pause;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// What a repository needs time for: to wait, and to do something every so often. Tests bring one
/// that they drive by hand.
public interface LockTimer extends Pause {
  LockTimer SYSTEM = new SystemLockTimer();

  /// Runs `action` again and again until the returned handle is closed; waits for a run in
  /// progress.
  Running every(Duration period, Runnable action);

  /// Ends it.
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /// Real time.
  final class SystemLockTimer implements LockTimer {
    @Override
    public void pause(Duration duration) throws InterruptedException {
      Thread.sleep(duration);
    }

    @Override
    public Running every(Duration period, Runnable action) {
      ScheduledExecutorService scheduler =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("firn-lock").factory());
      long nanos = period.toNanos();
      ScheduledFuture<?> task =
          scheduler.scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
      return () -> {
        task.cancel(false);
        scheduler.close();
      };
    }
  }
}
