package io.firn.retention;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.Domain;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.SnapshotId;
import io.firn.repository.snapshot.ForgetOutcome;
import io.firn.retention.ForgetReport.Left;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Carries out a forget, domain by domain. Space comes back with the next prune.
///
/// Killed anywhere, each point is either there or gone; the same command goes on with the rest.
/// Errors are [FirnException].
public final class ForgetRunner {
  private final Vault vault;

  public ForgetRunner(Vault vault) {
    this.vault = vault;
  }

  /// Asks the storage about the points that would go, and keeps those that it would not let go.
  public ForgetPlan withStorageLocks(ForgetPlan plan) {
    Map<SnapshotId, Instant> locks = new HashMap<>();
    byDomain(plan)
        .forEach((domain, points) -> {
          try (Repository repository = vault.openDomain(domain)) {
            points.stream()
                .flatMap(point -> point.copies().stream())
                .forEach(id -> repository.lockedUntil(id).ifPresent(until -> locks.put(id, until)));
          } catch (RepositoryException e) {
            throw RepositoryFailures.of(e);
          }
        });
    return plan.withStorageLocks(locks);
  }

  /// A domain that fails while others succeed leaves its points in the report; where nothing at all
  /// was forgotten, its failure is thrown.
  public ForgetReport run(ForgetPlan plan) {
    List<PointSummary> forgotten = new ArrayList<>();
    List<Left> left = new ArrayList<>();
    List<FirnException> failures = new ArrayList<>();
    byDomain(plan)
        .forEach((domain, points) -> {
          try {
            forget(domain, points, forgotten, left);
          } catch (FirnException e) {
            failures.add(e);
            sort(domain, points, e.failure(), forgotten, left);
          }
        });
    if (forgotten.isEmpty() && !failures.isEmpty()) {
      throw failures.getFirst();
    }
    return new ForgetReport(forgotten, left);
  }

  private static Map<Domain, List<PointSummary>> byDomain(ForgetPlan plan) {
    Map<Domain, List<PointSummary>> points = new LinkedHashMap<>();
    plan.forgotten()
        .forEach(p -> points.computeIfAbsent(p.domain(), _ -> new ArrayList<>()).add(p));
    return points;
  }

  private void forget(
      Domain domain, List<PointSummary> points, List<PointSummary> forgotten, List<Left> left) {
    Set<SnapshotId> present = new HashSet<>(vault.snapshotIds(domain));
    List<PointSummary> unchanged = new ArrayList<>();
    for (PointSummary point : points) {
      // Protected, or forgotten by somebody else, since the plan was made: another snapshot now.
      if (present.containsAll(point.copies())) {
        unchanged.add(point);
      } else {
        left.add(new Left(point, changed(point)));
      }
    }
    ForgetOutcome outcome = remove(domain, unchanged);
    for (PointSummary point : unchanged) {
      outcome
          .lockedUntil(point.copies())
          .ifPresentOrElse(
              until -> left.add(new Left(point, locked(point, until))), () -> forgotten.add(point));
    }
  }

  private ForgetOutcome remove(Domain domain, List<PointSummary> points) {
    try (Repository repository = vault.openDomain(domain)) {
      return repository.forget(points.stream().flatMap(p -> p.copies().stream()).toList());
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  /// After a failure half-way: what is gone and what is not.
  private void sort(
      Domain domain,
      List<PointSummary> points,
      Failure why,
      List<PointSummary> forgotten,
      List<Left> left) {
    Set<SnapshotId> present;
    try {
      present = new HashSet<>(vault.snapshotIds(domain));
    } catch (FirnException _) {
      // The storage does not even list: say nothing better than we know.
      points.forEach(point -> left.add(new Left(point, why)));
      return;
    }
    for (PointSummary point : points) {
      if (point.copies().stream().anyMatch(present::contains)) {
        left.add(new Left(point, why));
      } else {
        forgotten.add(point);
      }
    }
  }

  private static Failure changed(PointSummary point) {
    return new Failure(
        FailureCode.POINT_NOT_FOUND,
        "The point " + point.name() + " was changed or forgotten by somebody else meanwhile",
        "List the points again: firn points.",
        Map.of("point", point.name().value()),
        true);
  }

  private static Failure locked(PointSummary point, Instant until) {
    return new Failure(
        FailureCode.POINT_PROTECTED,
        "The storage keeps the point " + point.name() + " until " + until,
        "Forget it after that time.",
        Map.of("point", point.name().value(), "until", until.toString()),
        false);
  }
}
