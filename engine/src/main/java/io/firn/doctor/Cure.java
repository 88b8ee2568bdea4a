package io.firn.doctor;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.cluster.Quiesce.ThawOutcome;
import io.firn.doctor.DoctorReport.FrozenGuest;
import io.firn.doctor.DoctorReport.Leftover;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.MachineLock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Thaws and removes what a report allows. A lock stays where something of its own run could not be
/// helped: it tells the next examination whose the rest is. For one thread.
final class Cure {
  /// After that long a guest has thawed by its own timer, and its status has caught up with it.
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private final Cluster cluster;
  private final InstantSource clock;
  private final List<ObjectRef> thawed = new ArrayList<>();
  private final List<ObjectRef> removed = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Set<String> runsWithRest = new HashSet<>();
  private final Set<ObjectRef> locksOfFrozen = new HashSet<>();

  Cure(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  CureReport of(DoctorReport report) {
    // Guests first: they wait, and their locks say that they are ours.
    report.frozen().stream().filter(FrozenGuest::orphaned).forEach(guest -> thaw(guest.instance()));
    report.leftovers().stream().filter(Leftover::removable).forEach(this::remove);
    return new CureReport(removed, thawed, failed);
  }

  private void thaw(ObjectRef instance) {
    try {
      switch (cluster.quiesce().thaw(instance)) {
        case ThawOutcome.Thawed(), ThawOutcome.FreezeLost(_), ThawOutcome.NotRunning(_) ->
            thawed.add(instance);
        case ThawOutcome.Failed(String message) -> unthawed(instance, message);
      }
    } catch (ClusterException e) {
      unthawed(instance, String.valueOf(e.getMessage()));
    }
  }

  /// A guest without an agent can be asked to thaw in vain for ever, and was not frozen either: its
  /// lock must not stay for that.
  private void unthawed(ObjectRef instance, String message) {
    List<ObjectRef> locks =
        Stream.of(Kinds.VIRTUAL_MACHINE, Kinds.INSTANCE)
            .map(kind -> ObjectRef.of(kind, instance.namespace(), instance.name()))
            .map(MachineLock::refOf)
            .toList();
    if (mayBeFrozen(instance, locks)) {
      failed.add(instance + ": " + message);
      locksOfFrozen.addAll(locks);
    }
  }

  private boolean mayBeFrozen(ObjectRef instance, List<ObjectRef> locks) {
    Instant settled = clock.instant().minus(SETTLED);
    try {
      boolean recent =
          locks.stream()
              .flatMap(lock -> cluster.objects().get(lock).stream())
              .flatMap(object -> MachineLock.read(object).stream())
              .anyMatch(lock -> !lock.begunBefore(settled));
      return recent
          || cluster
              .objects()
              .get(instance)
              .filter(found -> found.at("/status/fsFreezeStatus").asText().equals("frozen"))
              .isPresent();
    } catch (ClusterException unreadable) {
      return true;
    }
  }

  private void remove(Leftover leftover) {
    ObjectRef object = leftover.object();
    boolean lock = object.kind().equals(Kinds.CONFIG_MAP.kind());
    if (lock && (runsWithRest.contains(leftover.run()) || locksOfFrozen.contains(object))) {
      return;
    }
    try {
      cluster.objects().delete(object, Propagation.BACKGROUND, Optional.empty());
      removed.add(object);
    } catch (ClusterException e) {
      failed.add(object + ": " + e.getMessage());
      runsWithRest.add(leftover.run());
    }
  }
}
