package io.firn.cli.progress;

import io.firn.cli.Session;
import io.firn.cli.Terminal;
import java.util.Locale;

/// How progress is shown. On the command line in lower case.
public enum ProgressStyle {
  /// Bars on a terminal, plain lines elsewhere.
  AUTO,
  PLAIN,
  JSON,
  NONE;

  /// Opens it on standard error; standard output stays the result's.
  public Progress open(Session session) {
    Terminal terminal = session.terminal();
    return switch (this) {
      case AUTO ->
          terminal.interactive()
              ? new ProgressBars(terminal.err(), terminal.columns(), session.clock())
              : new PlainProgress(terminal.err(), session.clock());
      case PLAIN -> new PlainProgress(terminal.err(), session.clock());
      case JSON -> new JsonProgress(terminal.err());
      case NONE -> new WarningsOnly(terminal.err());
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
