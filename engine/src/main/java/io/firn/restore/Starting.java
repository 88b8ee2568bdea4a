package io.firn.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.restore.RestoreReport.MachineReport;
import io.firn.run.Awaiting;
import io.firn.run.RestoreMarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The end of a restore: run states, and the marks come off. A machine says that it was started
/// before any mark is taken off, so that a run that is killed in between knows that nothing may be
/// filled again.
record Starting(
    ClusterObjects objects, Awaiting waits, Making making, RestorePlan plan, Duration deadline) {
  private static final Set<String> STEADY =
      Set.of("Running", "Stopped", "Paused", "ErrorUnschedulable", "CrashLoopBackOff");

  void start() {
    for (PlannedMachine machine : plan.machines()) {
      ObjectNode patch =
          machine.start().map(ObjectNode::deepCopy).orElseGet(JsonNodeFactory.instance::objectNode);
      patch.withObject("/metadata/annotations").put(TargetCluster.PHASE, TargetCluster.STARTED);
      objects.mergePatch(machine.target(), patch, false);
    }
    if (plan.machines().isEmpty()) {
      // What loses its mark last says for all others that they are complete.
      marked().reversed().stream()
          .findFirst()
          .ifPresent(
              ref -> making.annotate(ref, TargetCluster.PHASE, Optional.of(TargetCluster.STARTED)));
    }
  }

  /// Takes the marks off, those of machines last.
  void unmark() {
    marked()
        .forEach(ref ->
            making.patch(ref, RestoreMarks.removal(ClaimFilling.POPULATED, TargetCluster.PHASE)));
  }

  /// In the order in which the marks come off.
  private List<ObjectRef> marked() {
    List<ObjectRef> others = new ArrayList<>();
    List<ObjectRef> roots = new ArrayList<>();
    for (RestoreAction action : plan.actions()) {
      switch (action) {
        case RestoreAction.Create _, RestoreAction.Populate _, RestoreAction.Adopt _ ->
            (root(action.target()) ? roots : others).add(action.target());
        case RestoreAction.Skip _, RestoreAction.Conflict _, RestoreAction.Remove _ -> {}
      }
    }
    others.addAll(roots);
    return others;
  }

  private static boolean root(ObjectRef ref) {
    return RestoreStage.of(ref)
        .filter(s -> s == RestoreStage.MACHINE || s == RestoreStage.STARTING)
        .isPresent();
  }

  /// The state of each machine once it is steady, or after the deadline.
  List<MachineReport> await(List<String> warnings) {
    List<MachineReport> reports = new ArrayList<>();
    long end = System.nanoTime() + deadline.toNanos();
    for (PlannedMachine machine : plan.machines()) {
      boolean running = machine.start().isPresent() && startsByItself(machine.runState());
      String wanted = running ? "Running" : "Stopped";
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      String status = await(machine.target(), running, left);
      if (!status.equals(wanted)) {
        warnings.add(
            "%s is %s, not %s yet. Look at it with kubectl describe."
                .formatted(
                    machine.target(), status.isEmpty() ? "in an unknown state" : status, wanted));
      }
      reports.add(new MachineReport(machine.target(), status));
    }
    for (RestoreAction.Create create : plan.of(RestoreAction.Create.class)) {
      if (RestoreStage.of(create.target()).filter(s -> s == RestoreStage.STARTING).isPresent()) {
        reports.add(new MachineReport(create.target(), started(create.target(), end)));
      }
    }
    return reports;
  }

  private String await(ObjectRef machine, boolean running, Duration left) {
    try {
      return waits
          .await(
              machine,
              machine + " to be " + (running ? "running" : "stopped"),
              now ->
                  now.map(Starting::status)
                      .filter(s -> running ? steadyUp(s) : STEADY.contains(s))
                      .isPresent(),
              left)
          .map(Starting::status)
          .orElse("");
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.TIMEOUT || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return objects.get(machine).map(Starting::status).orElse("");
    }
  }

  private String started(ObjectRef ref, long end) {
    boolean set = ref.kind().equals(Kinds.REPLICA_SET.kind());
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    try {
      Optional<ObjectNode> now =
          waits.await(
              ref,
              ref + " to be " + (set ? "ready" : "running"),
              o -> o.filter(v -> set ? ready(v) : runs(v)).isPresent(),
              left);
      return now.map(o -> set ? "Ready" : runsText(o)).orElse("");
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.TIMEOUT || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return objects.get(ref).map(Starting::runsText).orElse("");
    }
  }

  private static boolean ready(ObjectNode set) {
    return set.path("status").path("readyReplicas").asInt()
        >= set.path("spec").path("replicas").asInt(1);
  }

  private static boolean runs(ObjectNode instance) {
    return runsText(instance).equals("Running");
  }

  private static String runsText(ObjectNode instance) {
    return instance.path("status").path("phase").asText("");
  }

  private static boolean startsByItself(String runState) {
    return switch (runState) {
      case "Manual", "Halted", "Stopped" -> false;
      default -> true;
    };
  }

  /// Right after the start the machine still says `Stopped`.
  private static boolean steadyUp(String status) {
    return STEADY.contains(status) && !status.equals("Stopped");
  }

  private static String status(ObjectNode machine) {
    return machine.path("status").path("printableStatus").asText("");
  }
}
