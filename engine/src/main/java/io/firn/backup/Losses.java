package io.firn.backup;

import io.firn.backup.BackupReport.MachineReport;
import io.firn.backup.BackupReport.PointReport;
import io.firn.failure.Failure;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import java.util.ArrayList;
import java.util.List;

/// Collects where a backup is less than what was wanted: what was wanted is the level demanded, or
/// file-system consistency. Passes all on to the user's listener.
///
/// Thread-safe.
final class Losses implements BackupListener {
  private final BackupPlan plan;
  private final BackupListener listener;
  private final List<String> told = new ArrayList<>();

  Losses(BackupPlan plan, BackupListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  @Override
  public void step(Step step, String detail) {
    listener.step(step, detail);
  }

  @Override
  public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {
    listener.progress(claim, bytesDone, bytesTotal, bytesStored);
  }

  @Override
  public void warning(String message) {
    synchronized (told) {
      told.add(message);
    }
    listener.warning(message);
  }

  /// A namespace, or a domain of it, of which there is no point.
  void failed(NamespacePlan plan, Failure failure) {
    String domain =
        plan.domain().name().startsWith(plan.namespace() + ".") ? ", domain " + plan.domain() : "";
    warning("namespace " + plan.namespace() + domain + " was not backed up: " + failure.summary());
  }

  /// All losses: what the plan warned of, machines below the level that was planned for them, and
  /// what went wrong on the way.
  List<String> of(List<PointReport> points) {
    List<String> losses = new ArrayList<>();
    plan.findings().stream()
        .filter(finding -> finding.weight() == PlanFinding.Weight.WARNING)
        .map(PlanFinding::message)
        .forEach(losses::add);
    points.stream()
        .flatMap(point -> point.machines().stream())
        .filter(this::belowPlan)
        .map(Losses::text)
        .forEach(losses::add);
    synchronized (told) {
      losses.addAll(told);
    }
    return losses;
  }

  private boolean belowPlan(MachineReport reached) {
    ConsistencyLevel wanted = plan.request().wanted();
    return plan.machines().stream()
            .filter(machine -> machine.machine().equals(reached.machine()))
            .map(machine -> machine.expected())
            .anyMatch(expected -> reached.level().compareTo(expected) < 0)
        && reached.level().compareTo(wanted) < 0;
  }

  private static String text(MachineReport machine) {
    return machine.machine()
        + " is only "
        + machine.level().label()
        + "-consistent: "
        + machine.reason();
  }
}
