package io.firn.backup;

import io.firn.cluster.Cluster;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges after the window what each machine's volumes are worth, from how its guest was held and
/// from what the machine did meanwhile.
record LevelRules(Cluster cluster, List<HeldGuest> guests, List<CutVolume> cuts) {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  List<ReachedLevel> of(NamespacePlan plan) {
    return plan.machines().stream().map(this::of).toList();
  }

  private ReachedLevel of(PlannedMachine machine) {
    if (machine.claims().isEmpty()) {
      return reached(machine, ConsistencyLevel.FILESYSTEM, "it has no volume to capture");
    }
    if (PlainRoots.isClaim(machine.machine())) {
      return alone(machine);
    }
    return switch (machine.quiesce()) {
      case QuiescePlan.Freeze(ObjectRef instance) -> frozen(machine, guest(instance));
      case QuiescePlan.Unfrozen(ObjectRef _, String reason) ->
          reached(machine, ConsistencyLevel.CRASH, reason);
      case QuiescePlan.Stopped() -> stopped(machine);
    };
  }

  /// A claim that nobody used when planned may have got a user since.
  private ReachedLevel alone(PlannedMachine claim) {
    return new ClaimUsers(new ClusterLookup(cluster.objects()))
        .of(claim.machine())
        .map(why -> reached(claim, ConsistencyLevel.CRASH, why))
        .orElseGet(() -> reached(claim, ConsistencyLevel.FILESYSTEM, "nobody used it"));
  }

  private ReachedLevel frozen(PlannedMachine machine, HeldGuest guest) {
    long held = guest.held().toMillis();
    return switch (guest.hold()) {
      case HeldGuest.Hold.Frozen() ->
          new ReachedLevel(
              machine,
              ConsistencyLevel.FILESYSTEM,
              "frozen by the guest agent for " + held + " ms",
              Optional.of("guest agent"),
              held,
              skew(machine));
      case HeldGuest.Hold.None(String reason) -> reached(machine, ConsistencyLevel.CRASH, reason);
      case HeldGuest.Hold.Lost(String reason) ->
          new ReachedLevel(
              machine,
              ConsistencyLevel.CRASH,
              reason,
              Optional.of("guest agent"),
              held,
              skew(machine));
    };
  }

  /// A machine that was stopped when planned may have been started since.
  private ReachedLevel stopped(PlannedMachine machine) {
    ObjectRef ref =
        ObjectRef.of(Kinds.INSTANCE, machine.machine().namespace(), machine.machine().name());
    ClusterLookup now = new ClusterLookup(cluster.objects());
    Optional<String> unknown = now.unknown(Kinds.INSTANCE, ref);
    if (unknown.isPresent()) {
      return reached(
          machine,
          ConsistencyLevel.CRASH,
          "whether the machine was started meanwhile is unknown: " + unknown.get());
    }
    boolean running =
        now.find(Kinds.INSTANCE, ref)
            .filter(i -> !OVER.contains(i.at("/status/phase").asText()))
            .isPresent();
    return running
        ? reached(
            machine,
            ConsistencyLevel.CRASH,
            "the machine was started while its volumes were captured")
        : reached(machine, ConsistencyLevel.FILESYSTEM, "the machine was stopped");
  }

  private ReachedLevel reached(PlannedMachine machine, ConsistencyLevel level, String reason) {
    return new ReachedLevel(machine, level, reason, Optional.empty(), 0, skew(machine));
  }

  private HeldGuest guest(ObjectRef instance) {
    return guests.stream()
        .filter(guest -> guest.instance().equals(instance))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no guest was held for " + instance));
  }

  private long skew(PlannedMachine machine) {
    List<Instant> times =
        cuts.stream()
            .filter(cut -> machine.claims().contains(cut.volume().claim()))
            .map(CutVolume::cutAt)
            .sorted()
            .toList();
    return times.size() < 2 ? 0 : Duration.between(times.getFirst(), times.getLast()).toMillis();
  }
}
