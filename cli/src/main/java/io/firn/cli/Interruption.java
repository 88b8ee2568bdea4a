package io.firn.cli;

import java.time.Duration;

/// Makes Ctrl-C (and SIGTERM) end a command instead of cutting it off: the command's thread is
/// interrupted, thaws and removes what it has to, and only then does the process go. The JVM itself
/// then exits with 128 + the signal, so Ctrl-C gives 130.
///
/// For one command on the thread that makes it.
final class Interruption implements AutoCloseable {
  /// Longest wait for the cleaning up; guests thaw by themselves in any case.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::end, "interruption");
  private volatile boolean done;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    done = true;
    synchronized (this) {
      notifyAll();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already and the hook runs: it has been told just above.
      return;
    }
  }

  private void end() {
    worker.interrupt();
    long until = System.nanoTime() + PATIENCE.toNanos();
    synchronized (this) {
      while (!done && System.nanoTime() < until) {
        try {
          wait(100);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}
