package io.firn.retention;

import io.firn.point.ConsistencyLevel;
import io.firn.point.PointSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Decides what to forget: a pure function of points, policy and time.
///
/// Points are counted machine by machine. A point that holds several machines stays as long as any
/// of them needs it: half a point cannot be forgotten.
public final class ForgetPlanner {
  private static final Comparator<PointSummary> NEWEST_FIRST =
      Comparator.comparing(PointSummary::time)
          .thenComparing(point -> point.name().value())
          .reversed();

  private final InstantSource clock;

  public ForgetPlanner(InstantSource clock) {
    this.clock = clock;
  }

  /// Applies a policy to these points. Machines that `selected` refuses are not counted, and keep
  /// all points that they are in.
  public ForgetPlan plan(
      Collection<PointSummary> points, RetentionPolicy policy, Predicate<Subject> selected) {
    Reasons reasons = new Reasons(points);
    protect(points, reasons);
    groups(points)
        .forEach((subject, group) -> {
          if (selected.test(subject)) {
            apply(policy, subject, group, reasons);
          } else {
            group.forEach(point -> reasons.add(point, new KeepReason.OtherMachine(subject)));
          }
        });
    return reasons.plan();
  }

  /// Forgets the points that were named. Those that are protected stay, and so does the newest one
  /// of a machine that would be left without any, unless `allowNone`. The plan speaks of the named
  /// points only; `all` are all points of the vault.
  public ForgetPlan named(
      Collection<PointSummary> all, Set<PointSummary> named, boolean allowNone) {
    Reasons reasons = new Reasons(named);
    protect(named, reasons);
    if (!allowNone) {
      groups(all)
          .forEach((subject, group) -> {
            if (group.stream().allMatch(named::contains)) {
              reasons.add(group.getFirst(), new KeepReason.LastOf(subject));
            }
          });
    }
    return reasons.plan();
  }

  private void protect(Collection<PointSummary> points, Reasons reasons) {
    Instant now = clock.instant();
    for (PointSummary point : points) {
      point
          .protection()
          .filter(protection -> protection.active(now))
          .ifPresent(protection -> reasons.add(point, new KeepReason.ByPerson(protection)));
    }
  }

  /// The points of each machine, newest first.
  private static Map<Subject, List<PointSummary>> groups(Collection<PointSummary> points) {
    Map<Subject, List<PointSummary>> groups = new LinkedHashMap<>();
    points.stream()
        .sorted(NEWEST_FIRST)
        .forEach(point ->
            Subject.of(point)
                .forEach(s -> groups.computeIfAbsent(s, _ -> new ArrayList<>()).add(point)));
    return groups;
  }

  private void apply(
      RetentionPolicy policy, Subject subject, List<PointSummary> newestFirst, Reasons reasons) {
    Instant newest = newest(newestFirst);
    List<RuleCount> counts =
        policy.rules().stream().map(rule -> new RuleCount(rule, newest)).toList();
    boolean best = false;
    ConsistencyLevel level = bestLevel(subject, newestFirst);
    for (PointSummary point : newestFirst) {
      ZonedDateTime time = point.time().atZone(policy.zone());
      boolean oldest = point.equals(newestFirst.getLast());
      boolean kept = false;
      for (RuleCount count : counts) {
        var reason = count.keeps(time, oldest, subject);
        reason.ifPresent(r -> reasons.add(point, r));
        kept |= reason.isPresent();
      }
      best |= kept && subject.level(point) == level;
    }
    if (policy.guardLevels() && !best) {
      newestFirst.stream()
          .filter(point -> subject.level(point) == level)
          .findFirst()
          .ifPresent(point -> reasons.add(point, new KeepReason.BestOf(subject, level)));
    }
  }

  private static ConsistencyLevel bestLevel(Subject subject, List<PointSummary> points) {
    return points.stream()
        .map(subject::level)
        .max(Comparator.naturalOrder())
        .orElse(ConsistencyLevel.CRASH);
  }

  /// A clock that ran ahead once must not make all else look old.
  private Instant newest(List<PointSummary> newestFirst) {
    Instant now = clock.instant();
    return newestFirst.stream()
        .map(PointSummary::time)
        .filter(time -> time.isBefore(now))
        .findFirst()
        .orElse(now);
  }
}
