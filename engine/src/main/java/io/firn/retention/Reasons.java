package io.firn.retention;

import io.firn.point.PointSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reasons to keep, collected point by point. Not thread-safe.
final class Reasons {
  private static final Comparator<PointSummary> OLDEST_FIRST =
      Comparator.comparing(PointSummary::time).thenComparing(point -> point.name().value());

  private final Map<PointSummary, List<KeepReason>> reasons = new LinkedHashMap<>();

  Reasons(Collection<PointSummary> points) {
    points.stream().sorted(OLDEST_FIRST).forEach(point -> reasons.put(point, new ArrayList<>()));
  }

  void add(PointSummary point, KeepReason reason) {
    reasons.computeIfAbsent(point, _ -> new ArrayList<>()).add(reason);
  }

  boolean keeps(PointSummary point) {
    return !reasons.getOrDefault(point, List.of()).isEmpty();
  }

  ForgetPlan plan() {
    List<PointVerdict> verdicts = new ArrayList<>();
    reasons.forEach((point, why) -> verdicts.add(new PointVerdict(point, why)));
    return new ForgetPlan(verdicts);
  }
}
