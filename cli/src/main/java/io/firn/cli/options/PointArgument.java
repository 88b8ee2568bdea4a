package io.firn.cli.options;

import io.firn.point.PointCatalog;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One point, as a user names it.
public final class PointArgument {
  @Parameters(
      paramLabel = "POINT",
      description = "A point's name, a unique beginning of it, or 'latest'.")
  private String name = "";

  @Mixin private PointOptions options = new PointOptions();

  public PointSummary find(Vault vault) {
    return new PointCatalog(vault).find(name, options.filter());
  }
}
