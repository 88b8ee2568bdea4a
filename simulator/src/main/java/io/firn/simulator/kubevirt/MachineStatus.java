package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Computes a machine's status.
final class MachineStatus {
  /// Set by the machine's own controller; every other condition is the instance's.
  private static final Set<String> OWN = Set.of("Failure", "Ready");

  private final SnapshotSupport snapshots;
  private final InstantSource clock;

  MachineStatus(SnapshotSupport snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  void write(ObjectNode machine, MachineFacts facts) {
    conditions(machine, facts.instance());
    ObjectNode status = Fields.object(machine, "status");
    boolean ready = facts.instance().map(vmi -> Conditions.isTrue(vmi, "Ready")).orElse(false);
    set(status, "created", facts.instance().isPresent());
    set(status, "ready", ready);
    long generation = Fields.at(machine, "metadata", "generation").asLong();
    status.put("desiredGeneration", generation);
    status.put("observedGeneration", generation);
    status.put("printableStatus", PrintableStatus.of(machine, facts).word());
    status.put("runStrategy", RunRequests.strategy(machine).text());
    status.set("volumeSnapshotStatuses", snapshots.statuses(machine));
  }

  private static void set(ObjectNode status, String field, boolean value) {
    if (value) {
      status.put(field, true);
    } else {
      status.remove(field);
    }
  }

  private void conditions(ObjectNode machine, Optional<ObjectNode> instance) {
    ready(machine, instance);
    for (ObjectNode condition : objects(machine, "status", "conditions")) {
      String type = text(condition, "type");
      boolean kept =
          OWN.contains(type)
              || instance.map(vmi -> Conditions.find(vmi, type).isPresent()).orElse(false);
      if (!kept) {
        Conditions.remove(machine, type);
      }
    }
    instance.ifPresent(vmi -> copy(vmi, machine));
  }

  private void ready(ObjectNode machine, Optional<ObjectNode> instance) {
    Optional<ObjectNode> theirs = instance.flatMap(vmi -> Conditions.find(vmi, "Ready"));
    ObjectNode ready;
    if (theirs.isPresent()) {
      ready =
          Conditions.set(
              machine,
              "Ready",
              text(theirs.get(), "status").equals("True"),
              text(theirs.get(), "reason"),
              text(theirs.get(), "message"),
              clock.instant());
    } else if (instance.isPresent() && !Phases.isFinal(instance.get())) {
      ready =
          Conditions.set(
              machine,
              "Ready",
              false,
              "GuestNotRunning",
              "Guest VM is not reported as running",
              clock.instant());
    } else {
      ready =
          Conditions.set(
              machine, "Ready", false, "VMINotExists", "VMI does not exist", clock.instant());
    }
    timed(ready);
  }

  private static void copy(ObjectNode instance, ObjectNode machine) {
    ArrayNode target = Fields.array(machine, "status", "conditions");
    for (ObjectNode theirs : objects(instance, "status", "conditions")) {
      String type = text(theirs, "type");
      if (!OWN.contains(type)) {
        ObjectNode mine = Conditions.find(machine, type).orElseGet(target::addObject);
        ObjectNode wanted = theirs.deepCopy();
        timed(wanted);
        mine.setAll(wanted);
        if (!wanted.has("reason")) {
          mine.remove("reason");
        }
        if (!wanted.has("message")) {
          mine.remove("message");
        }
      }
    }
  }

  /// The machine's conditions always show both times, null where there is none.
  private static void timed(ObjectNode condition) {
    if (!condition.has("lastProbeTime")) {
      condition.putNull("lastProbeTime");
    }
    if (!condition.has("lastTransitionTime")) {
      condition.putNull("lastTransitionTime");
    }
  }
}
