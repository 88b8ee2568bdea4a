package io.firn.cli.options;

import io.firn.point.PointFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which points of a vault to look at.
public final class PointOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only points of this namespace; default: of all.")
  private @Nullable String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Points of all namespaces: the default.")
  private boolean all;

  @Option(
      names = "--of",
      paramLabel = "NAME",
      description = "Only points that hold a machine of this name.")
  private @Nullable String machine;

  @Mixin private PointLabels labels = new PointLabels();

  public PointFilter filter() {
    if (all && namespace != null) {
      throw UsageFailure.of("-A and -n exclude one another", "Leave out one of them.");
    }
    return new PointFilter(
        Optional.ofNullable(namespace), Optional.ofNullable(machine), labels.labels());
  }
}
