package io.firn.repository.backend;

import java.time.Duration;

/// Waiting. Tests bring one that does not.
@FunctionalInterface
public interface Pause {
  void pause(Duration duration) throws InterruptedException;
}
