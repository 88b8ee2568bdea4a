package io.firn.cli.options;

import io.firn.repository.Compression;
import picocli.CommandLine.Option;

/// How hard disks are compressed.
public final class CompressionOptions {
  @Option(
      names = "--compression",
      paramLabel = "HOW",
      defaultValue = "fastest",
      description =
          "How disks are compressed: fastest, better (about 3 %% smaller, 1.7 times the"
              + " compressor's work) or best (7 %% smaller, five times the work). What the vault"
              + " holds already stays as it is. Default: ${DEFAULT-VALUE}.")
  private Compression compression = Compression.FASTEST;

  public Compression compression() {
    return compression;
  }
}
