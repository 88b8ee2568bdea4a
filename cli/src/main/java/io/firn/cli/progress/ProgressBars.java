package io.firn.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// One bar for each volume, redrawn in place at the bottom of the terminal at most ten times a
/// second; steps and warnings scroll above.
///
/// Thread-safe.
final class ProgressBars implements Progress {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final int BAR = 20;

  private final PrintStream err;
  private final int columns;
  private final InstantSource clock;
  private final SequencedMap<String, Transfer> transfers = new LinkedHashMap<>();
  private Instant drawn = Instant.EPOCH;
  private int lines;

  ProgressBars(PrintStream err, int columns, InstantSource clock) {
    this.err = err;
    this.columns = columns;
    this.clock = clock;
  }

  @Override
  public synchronized void step(String step, String detail) {
    above(step + (detail.isEmpty() ? "" : "  " + detail));
  }

  @Override
  public synchronized void transfer(String name, Amount amount) {
    Instant now = clock.instant();
    Transfer before = transfers.get(name);
    Transfer transfer = before == null ? Transfer.begin(name, amount, now) : before.at(amount, now);
    transfers.put(name, transfer);
    boolean ends = transfer.finished() && (before == null || !before.finished());
    if (ends || Duration.between(drawn, now).compareTo(REDRAW) >= 0) {
      drawn = now;
      err.print(clear() + bars());
      err.flush();
    }
  }

  @Override
  public synchronized void warning(String message) {
    above("warning: " + message);
  }

  @Override
  public synchronized void close() {
    if (!transfers.isEmpty()) {
      err.print(clear() + bars());
      err.flush();
    }
    transfers.clear();
    lines = 0;
  }

  private void above(String line) {
    err.print(clear() + line + "\n" + bars());
    err.flush();
  }

  private String clear() {
    return lines == 0 ? "" : "\033[" + lines + "A\033[J";
  }

  private String bars() {
    int width = transfers.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Transfer transfer : transfers.values()) {
      String name = transfer.name() + " ".repeat(width - transfer.name().length());
      String line = "  " + name + "  " + bar(transfer.percent()) + " " + transfer.describe();
      text.append(line, 0, Math.min(line.length(), columns - 1)).append('\n');
    }
    lines = transfers.size();
    return text.toString();
  }

  private static String bar(int percent) {
    int full = percent * BAR / 100;
    return "█".repeat(full) + "░".repeat(BAR - full);
  }
}
