package io.firn.backup;

import io.firn.backup.BackupListener.Step;
import io.firn.backup.BackupReport.PointReport;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.failure.ClusterFailures;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.point.PointName;
import io.firn.point.Vault;
import io.firn.repository.RepositoryException;
import io.firn.run.Parallel;
import io.firn.run.RunMarks;
import io.firn.run.RunScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Takes a backup exactly as planned: freeze, snapshot, thaw, export, seal, clean.
///
/// Interrupting the calling thread ends it: guests are thawed, temporary objects removed, no point
/// is made, and the failure is `INTERRUPTED`. One run per instance and thread.
public final class BackupRunner {
  private final Cluster cluster;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final String firnVersion;

  public BackupRunner(
      Cluster cluster, InstantSource clock, RandomGenerator random, String firnVersion) {
    this.cluster = cluster;
    this.clock = clock;
    this.random = random;
    this.firnVersion = firnVersion;
  }

  /// Errors are [io.firn.failure.FirnException]: the plan's first stop where it is not runnable. A
  /// namespace that fails while others succeed is a loss of the report.
  public BackupReport run(BackupPlan plan, Vault vault, BackupListener listener) {
    requireRunnable(plan);
    long begun = System.nanoTime();
    String run = PointName.at(clock.instant(), random).value();
    List<PointReport> points = new ArrayList<>();
    List<FirnException> failures = new ArrayList<>();
    Losses losses = new Losses(plan, listener);
    Map<String, Integer> parts = new HashMap<>();
    for (NamespacePlan namespace : plan.namespaces()) {
      int part = parts.merge(namespace.namespace(), 1, Integer::sum);
      try {
        points.add(runNamespace(partOf(run, part), plan.request(), namespace, vault, losses));
      } catch (FirnException e) {
        if (e.failure().code() == FailureCode.INTERRUPTED) {
          throw e;
        }
        failures.add(e);
        losses.failed(namespace, e.failure());
      }
    }
    if (points.isEmpty()) {
      throw failures.getFirst();
    }
    return new BackupReport(
        run, points, losses.of(points), Duration.ofNanos(System.nanoTime() - begun));
  }

  /// A second point of a namespace is a run of its own there: temporary objects are named after the
  /// run, and those of the first may take a while to go.
  private static String partOf(String run, int part) {
    return part == 1 ? run : run + "-part" + part;
  }

  private PointReport runNamespace(
      String run, BackupRequest request, NamespacePlan plan, Vault vault, Losses losses) {
    Instant now = clock.instant();
    long expires = now.plus(request.options().exportDeadline()).getEpochSecond();
    RunScope scope = new RunScope(cluster.objects(), new RunMarks(run, expires));
    PointName point = PointName.at(now, random);
    try {
      return new NamespaceRun(
              cluster, clock, firnVersion, request, plan, vault, scope, point, losses)
          .run();
    } catch (ClusterException e) {
      throw orInterrupted(ClusterFailures.of(e));
    } catch (RepositoryException e) {
      throw orInterrupted(RepositoryFailures.of(e));
    } catch (FirnException e) {
      throw orInterrupted(e);
    } finally {
      clean(scope, losses);
    }
  }

  /// Work that was interrupted fails in many ways, all of which mean the same.
  private static FirnException orInterrupted(FirnException e) {
    boolean told = e.failure().code() == FailureCode.INTERRUPTED;
    return Thread.currentThread().isInterrupted() && !told ? Parallel.interrupted(e) : e;
  }

  /// Done even for an interrupted thread, whose interrupt is kept for afterwards.
  private static void clean(RunScope scope, Losses losses) {
    boolean interrupted = Thread.interrupted();
    losses.step(Step.CLEAN, "temporary objects");
    for (String left : scope.clean()) {
      losses.warning("could not remove " + left + "; firn doctor will");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> context(BackupPlan plan, PlanFinding stop) {
    Map<String, String> context = new HashMap<>();
    context.put("object", stop.about().toString());
    if (stop.code() == FailureCode.CLUSTER_FORBIDDEN && !plan.missing().isEmpty()) {
      context.put(Failure.ROLES, plan.missing().yaml());
    }
    return context;
  }

  private static void requireRunnable(BackupPlan plan) {
    List<PlanFinding> stops = plan.stops();
    if (!stops.isEmpty()) {
      PlanFinding first = stops.getFirst();
      String more =
          stops.size() == 1 ? "" : " (and " + (stops.size() - 1) + " more reasons: see --plan)";
      throw new FirnException(
          new Failure(
              first.code(), first.message() + more, first.nextStep(), context(plan, first), false));
    }
    if (plan.namespaces().isEmpty()) {
      throw new FirnException(
          new Failure(
              FailureCode.USAGE,
              "There is nothing to back up",
              "Name a machine, or select some with -l or --all.",
              Map.of(),
              false));
    }
  }
}
