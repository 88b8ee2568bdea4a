package io.firn.cli.options;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// As whom movers run.
public final class MoverOptions {
  @Option(
      names = "--mover-service-account",
      paramLabel = "NAME",
      description =
          "Service account whose role opens an s3: vault to movers; their Secret then holds no S3"
              + " credentials.")
  private @Nullable String serviceAccount;

  public Optional<String> serviceAccount() {
    return Optional.ofNullable(serviceAccount);
  }
}
