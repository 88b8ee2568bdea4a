package io.firn.cli.options;

import io.firn.graph.ObjectRef;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One point, as a user names it, for commands whose `-n` has another owner.
public final class PointSelection {
  @Parameters(
      paramLabel = "POINT",
      description = "A point's name, a unique beginning of it, or 'latest' (of -n, and of --vm).")
  private String name = "";

  @Mixin private PointLabels labels = new PointLabels();

  /// The point, among those of the namespace where one is given. The latest is that of the
  /// machines, since the newest point of a namespace need not hold them.
  public PointSummary find(Vault vault, Optional<String> namespace, Set<String> machines) {
    PointCatalog catalog = new PointCatalog(vault);
    List<PointSummary> points =
        catalog.list(new PointFilter(namespace, Optional.empty(), labels.labels()));
    List<PointSummary> holding =
        points.stream().filter(point -> names(point).containsAll(machines)).toList();
    // Where none holds them, the newest one's own refusal says which machines there are.
    boolean narrowed = name.equals("latest") && !holding.isEmpty();
    return catalog.find(name, narrowed ? holding : points);
  }

  private static Set<String> names(PointSummary point) {
    return point.machines().stream().map(ObjectRef::name).collect(Collectors.toSet());
  }
}
