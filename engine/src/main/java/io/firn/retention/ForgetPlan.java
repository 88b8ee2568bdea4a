package io.firn.retention;

import io.firn.point.PointSummary;
import io.firn.repository.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which points a forget removes and which it keeps, oldest first. A value: printing and running it
/// show and do the same.
public record ForgetPlan(List<PointVerdict> verdicts) {
  public ForgetPlan {
    verdicts = List.copyOf(verdicts);
  }

  public List<PointSummary> forgotten() {
    return verdicts.stream().filter(v -> !v.kept()).map(PointVerdict::point).toList();
  }

  public List<PointVerdict> kept() {
    return verdicts.stream().filter(PointVerdict::kept).toList();
  }

  /// The same plan, but for points whose files the storage keeps until then: they stay.
  public ForgetPlan withStorageLocks(Map<SnapshotId, Instant> locks) {
    return new ForgetPlan(verdicts.stream().map(v -> withLocks(v, locks)).toList());
  }

  private static PointVerdict withLocks(PointVerdict verdict, Map<SnapshotId, Instant> locks) {
    Optional<Instant> until =
        verdict.point().copies().stream()
            .map(locks::get)
            .filter(Objects::nonNull)
            .max(java.util.Comparator.naturalOrder());
    if (until.isEmpty()) {
      return verdict;
    }
    List<KeepReason> reasons = new ArrayList<>(verdict.reasons());
    reasons.add(new KeepReason.ByStorage(until.get()));
    return new PointVerdict(verdict.point(), reasons);
  }
}
