package io.firn.simulator.guest;

import java.time.Duration;

/// Lets the guest's writes through, one step at a time: not while the file systems are frozen, not
/// while the processor is stopped, never again after the power is off.
///
/// Thread-safe.
final class WriteGate {
  private boolean powered = true;
  private boolean paused;
  private boolean frozen;
  private long freezes;
  private int inside;

  /// A step that writes.
  interface Step {
    void run() throws java.io.IOException;
  }

  /// Waits until writing is allowed and takes the step; false, without it, when the power is off.
  boolean pass(Step step) throws java.io.IOException {
    if (!enter()) {
      return false;
    }
    try {
      step.run();
      return true;
    } finally {
      leave();
    }
  }

  private synchronized boolean enter() {
    while (powered && (paused || frozen)) {
      await(0);
    }
    if (powered) {
      inside++;
    }
    return powered;
  }

  private synchronized void leave() {
    inside--;
    notifyAll();
  }

  /// Keeps new steps out, waits for those under way and takes the last one, which flushes; tells
  /// the number of this freeze.
  synchronized long freeze(Step last) throws java.io.IOException {
    frozen = true;
    while (inside > 0) {
      await(0);
    }
    try {
      last.run();
    } catch (java.io.IOException e) {
      thaw();
      throw e;
    }
    return ++freezes;
  }

  synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /// Ends a freeze that is still the given one after a while (what Windows' VSS does).
  void thawAfter(long freeze, Duration limit) {
    Thread.ofVirtual().start(() -> endFreeze(freeze, System.nanoTime() + limit.toNanos()));
  }

  private synchronized void endFreeze(long freeze, long deadlineNanos) {
    while (powered && frozen && freezes == freeze) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        thaw();
      } else {
        await(left);
      }
    }
  }

  synchronized void pause() {
    paused = true;
    while (inside > 0) {
      await(0);
    }
  }

  synchronized void unpause() {
    paused = false;
    notifyAll();
  }

  synchronized void powerOff() {
    powered = false;
    notifyAll();
  }

  synchronized boolean powered() {
    return powered;
  }

  synchronized boolean paused() {
    return paused;
  }

  synchronized boolean frozen() {
    return frozen;
  }

  /// Lets time pass, less when the power goes off.
  synchronized void idle(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (powered && left > 0) {
      await(left);
      left = deadline - System.nanoTime();
    }
  }

  /// Waits for a change, at most so long; 0 is for ever. Interrupting the thread has no meaning
  /// here and is kept for the caller.
  @SuppressWarnings("WaitNotInLoop") // every caller loops over its condition
  private synchronized void await(long nanos) {
    try {
      if (nanos == 0) {
        wait();
      } else {
        wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
      }
    } catch (InterruptedException e) {
      powered = false;
      Thread.currentThread().interrupt();
    }
  }
}
