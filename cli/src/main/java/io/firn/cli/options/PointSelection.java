package io.firn.cli.options;

import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// One point, as a user names it, for commands whose `-n` has another owner.
public final class PointSelection {
  @Parameters(
      paramLabel = "POINT",
      description = "A point's name, a unique beginning of it, or 'latest' (of -n).")
  private String name = "";

  /// The point, among those of the namespace where one is given.
  public PointSummary find(Vault vault, Optional<String> namespace) {
    return new PointCatalog(vault).find(name, new PointFilter(namespace, Optional.empty()));
  }
}
