package io.firn.point;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Snapshots that hold the same point, shown as one. A change of tags that was cut short leaves the
/// old and the new one (decision 0015); the stronger protection counts. Stateless.
final class PointCopies {
  private static final Comparator<PointSummary> BEST_FIRST =
      Comparator.<PointSummary, Protection>comparing(
              copy ->
                  copy.protection()
                      .orElse(new Protection(java.util.Optional.of(java.time.Instant.MIN), "")),
              Protection.STRENGTH)
          .reversed()
          .thenComparing(copy -> copy.snapshot().digest());

  private PointCopies() {}

  /// One summary a point, in the order in which points come first; `snapshots` are those of one
  /// domain.
  static List<PointSummary> merge(List<PointSummary> snapshots) {
    Map<Same, List<PointSummary>> points = new LinkedHashMap<>();
    for (PointSummary snapshot : snapshots) {
      points.computeIfAbsent(Same.of(snapshot), _ -> new ArrayList<>()).add(snapshot);
    }
    return points.values().stream().map(PointCopies::one).toList();
  }

  private static PointSummary one(List<PointSummary> copies) {
    List<PointSummary> sorted = copies.stream().sorted(BEST_FIRST).toList();
    return sorted.getFirst().withCopies(sorted.stream().map(PointSummary::snapshot).toList());
  }

  /// What two copies have in common. A name alone could repeat by chance.
  private record Same(PointName name, io.firn.repository.TreeId tree, java.time.Instant time) {
    static Same of(PointSummary point) {
      return new Same(point.name(), point.tree(), point.time());
    }
  }
}
