package io.firn.repository.lock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Time that a test moves by hand; it is the clock as well.
class ManualTimer implements LockTimer, InstantSource {
  private final List<Runnable> running = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    now = now.plus(duration);
  }

  @Override
  public Running every(Duration period, Runnable action) {
    running.add(action);
    return () -> running.remove(action);
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  void tick() {
    List.copyOf(running).forEach(Runnable::run);
  }

  int timers() {
    return running.size();
  }
}
