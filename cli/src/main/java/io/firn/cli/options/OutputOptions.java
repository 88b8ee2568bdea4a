package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.cli.output.OutputFormat;
import io.firn.cli.output.Shown;
import picocli.CommandLine.Option;

/// In which form to print.
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private OutputFormat format = OutputFormat.TABLE;

  public OutputFormat format() {
    return format;
  }

  public void print(Session session, Shown shown) {
    session.terminal().out().print(shown.as(format));
    session.terminal().out().flush();
  }
}
