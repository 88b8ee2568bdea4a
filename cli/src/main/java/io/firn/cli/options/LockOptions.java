package io.firn.cli.options;

import io.firn.repository.RepositoryOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How patient a command is that writes to the vault.
public final class LockOptions {
  @Option(
      names = "--lock-wait",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = DurationConverter.class,
      description =
          "How long to wait where somebody else's lock is in the way: 30s, 5m, 0;"
              + " default: ${DEFAULT-VALUE}.")
  private Duration wait = Duration.ofMinutes(2);

  RepositoryOptions repository() {
    return RepositoryOptions.DEFAULT.withLockWait(wait);
  }
}
