package io.firn.cluster.kubernetes;

import java.time.Duration;

/// Waits between attempts; tests count instead of waiting.
interface Pause {
  Pause REAL = duration -> Thread.sleep(duration);

  void of(Duration duration) throws InterruptedException;
}
