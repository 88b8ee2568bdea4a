package io.firn.cli.progress;

import java.io.PrintStream;

/// No progress; a warning is never hidden. Thread-safe.
record WarningsOnly(PrintStream err) implements Progress {
  @Override
  public void step(String step, String detail) {}

  @Override
  public void transfer(String name, Amount amount) {}

  @Override
  public void warning(String message) {
    err.println("warning: " + message);
  }

  @Override
  public void close() {}
}
