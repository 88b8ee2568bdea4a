package io.firn.simulator.guest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines of a serial console. Thread-safe.
final class Console {
  private static final int KEPT_LINES = 1000;
  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void print(String line) {
    if (lines.size() == KEPT_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
