package io.firn.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Lines for logs: each step, and for each volume one line every five seconds and its last.
///
/// Thread-safe.
final class PlainProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PrintStream err;
  private final InstantSource clock;
  private final Map<String, Transfer> shown = new HashMap<>();
  private final Map<String, Transfer> begun = new HashMap<>();

  PlainProgress(PrintStream err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public synchronized void step(String step, String detail) {
    err.println(step + (detail.isEmpty() ? "" : "  " + detail));
  }

  @Override
  public synchronized void transfer(String name, Amount amount) {
    Instant now = clock.instant();
    Transfer first = begun.computeIfAbsent(name, _ -> Transfer.begin(name, amount, now));
    Transfer transfer = first.at(amount, now);
    Transfer before = shown.get(name);
    boolean due =
        before == null
            ? transfer.finished() || Duration.between(first.now(), now).compareTo(EVERY) >= 0
            : !before.finished()
                && (transfer.finished()
                    || Duration.between(before.now(), now).compareTo(EVERY) >= 0);
    if (due) {
      shown.put(name, transfer);
      err.println("  " + name + "  " + transfer.describe());
    }
  }

  @Override
  public synchronized void warning(String message) {
    err.println("warning: " + message);
  }

  @Override
  public void close() {}
}
