package io.firn.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command prints. `columns` is the width of the terminal behind `err`, 0 where there is
/// none: then nothing is redrawn.
public record Terminal(PrintStream out, PrintStream err, int columns) {

  /// The process's own streams, in UTF-8 whatever the locale says. The launcher knows whether a
  /// terminal is there (`firn.terminal`): asking here would cost a tenth of a second.
  public static Terminal ofProcess() {
    return new Terminal(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Integer.getInteger("firn.terminal", 0));
  }

  /// Whether progress may be redrawn in place.
  public boolean interactive() {
    return columns > 0;
  }
}
