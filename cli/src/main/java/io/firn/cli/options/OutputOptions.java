package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.cli.output.Document;
import io.firn.cli.output.OutputFormat;
import io.firn.cli.output.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// In which form to print.
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the result to this file too, as JSON.")
  private @Nullable Path report;

  public void print(Session session, Shown shown) {
    if (report != null) {
      write(report, shown);
    }
    session.terminal().out().print(shown.as(format));
    session.terminal().out().flush();
  }

  private static void write(Path file, Shown shown) {
    try {
      Files.writeString(file, Document.json(shown.document()));
    } catch (IOException e) {
      throw UsageFailure.of(
          "the report cannot be written to " + file + ": " + e,
          "What was asked for is done all the same; name a file that can be written next time.");
    }
  }
}
