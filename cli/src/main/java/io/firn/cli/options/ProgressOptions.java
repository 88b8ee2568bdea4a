package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.cli.progress.Progress;
import io.firn.cli.progress.ProgressStyle;
import picocli.CommandLine.Option;

/// How progress is shown, always on standard error.
public final class ProgressOptions {
  @Option(
      names = "--progress",
      paramLabel = "STYLE",
      defaultValue = "auto",
      description =
          "One of ${COMPLETION-CANDIDATES}; auto: bars on a terminal, plain lines elsewhere.")
  private ProgressStyle style = ProgressStyle.AUTO;

  public Progress open(Session session) {
    return style.open(session);
  }
}
