package io.firn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.doctor.DoctorReport.FrozenGuest;
import io.firn.doctor.DoctorReport.Leftover;
import io.firn.failure.ClusterFailures;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.MachineLock;
import io.firn.run.RunMarks;
import io.firn.run.RunOwner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what dead runs have left in a cluster, and removes it.
///
/// A run is certainly dead where a process that one of its objects names has ended on this host, or
/// where it has expired; of anything else the doctor keeps its hands off and says why. Objects of
/// restores that were not finished are told, and left: the same restore goes on from them.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class Doctor {
  private static final Duration TIME_TO_LEAVE = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final InstantSource clock;

  public Doctor(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// Looks, in one namespace or in all (""). Changes nothing. What may not be read is unknown in
  /// the report; `CLUSTER_FORBIDDEN` where nothing may be.
  public DoctorReport examine(String namespace) {
    try {
      Ward ward = Ward.of(cluster, namespace);
      ward.requireSeen();
      return new DoctorReport(
          leftovers(ward),
          frozen(ward),
          new UnfinishedRestores(cluster.objects()).in(namespace),
          ward.unknown());
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    }
  }

  /// Removes what the report calls removable and thaws what it calls orphaned. Idempotent.
  public CureReport cure(DoctorReport report) {
    return new Cure(cluster, clock).of(report);
  }

  /// What every run does first in its namespace: removes what is removable, and thaws the guests
  /// that dead runs' locks name, whatever their status says (it lags by seconds). Guests that are
  /// frozen without a lock may be somebody else's business and are left.
  public CureReport tidy(String namespace) {
    try {
      Ward ward = Ward.of(cluster, namespace);
      List<FrozenGuest> guests =
          ward.locks().stream()
              .flatMap(lock ->
                  lock.over(clock.instant()).stream()
                      .map(why -> new FrozenGuest(lock.instance(), true, why)))
              .toList();
      CureReport cure = cure(new DoctorReport(leftovers(ward), guests, List.of(), ward.unknown()));
      List<String> failed = new ArrayList<>(cure.failed());
      failed.addAll(ward.unknown());
      return new CureReport(cure.removed(), cure.thawed(), failed);
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    }
  }

  private List<Leftover> leftovers(Ward ward) {
    Map<String, String> dead = deadRuns(ward);
    return ward.marked().stream()
        .filter(object -> !isLeaving(object))
        .map(object -> judge(object, dead))
        .toList();
  }

  /// Runs that are certainly over, and why: any object of a run proves it.
  private Map<String, String> deadRuns(Ward ward) {
    Map<String, String> dead = new HashMap<>();
    for (ObjectNode object : ward.marked()) {
      String run = RunMarks.run(object);
      RunMarks.owner(object)
          .filter(RunOwner::isDead)
          .ifPresent(_ -> dead.put(run, "the process of run " + run + " has ended"));
    }
    for (MachineLock lock : ward.locks()) {
      lock.over(clock.instant()).ifPresent(why -> dead.putIfAbsent(lock.run(), why));
    }
    return dead;
  }

  /// Whether somebody has removed it already, and those who hold it have had no time yet to let go.
  private boolean isLeaving(ObjectNode object) {
    return removedAt(object)
        .filter(at -> at.plus(TIME_TO_LEAVE).isAfter(clock.instant()))
        .isPresent();
  }

  private static Optional<Instant> removedAt(ObjectNode object) {
    String at = object.at("/metadata/deletionTimestamp").asText();
    return at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at));
  }

  private Leftover judge(ObjectNode object, Map<String, String> deadRuns) {
    Instant now = clock.instant();
    String run = RunMarks.run(object);
    Optional<Instant> expires = RunMarks.expires(object);
    ObjectRef ref = ObjectRef.of(object);
    Optional<Instant> removed = removedAt(object);
    if (removed.isPresent()) {
      return new Leftover(ref, run, expires, false, heldSince(removed.get(), object));
    }
    if (expires.filter(at -> at.isBefore(now)).isPresent()) {
      return new Leftover(ref, run, expires, true, "expired at " + expires.get());
    }
    Optional<String> dead = Optional.ofNullable(deadRuns.get(run));
    if (dead.isPresent()) {
      return new Leftover(ref, run, expires, true, dead.get());
    }
    String until = expires.map(at -> "; it may be removed after " + at).orElse("");
    return new Leftover(ref, run, expires, false, "run " + run + " may still be at work" + until);
  }

  private static String heldSince(Instant removed, ObjectNode object) {
    List<String> holders = new ArrayList<>();
    object.at("/metadata/finalizers").forEach(name -> holders.add(name.asText()));
    return "it was removed at %s, and is held by its finalizers (%s): see why their owner does not let go"
        .formatted(removed, String.join(", ", holders));
  }

  private List<FrozenGuest> frozen(Ward ward) {
    return ward.instances().stream()
        .filter(instance -> instance.at("/status/fsFreezeStatus").asText().equals("frozen"))
        .map(instance -> judgeFrozen(ObjectRef.of(instance), ward))
        .toList();
  }

  /// Frozen by nobody is only who is known to be held by nobody.
  private FrozenGuest judgeFrozen(ObjectRef instance, Ward ward) {
    Optional<MachineLock> lock =
        ward.locks().stream().filter(l -> l.instance().equals(instance)).findFirst();
    if (lock.isPresent()) {
      Optional<String> dead = lock.get().over(clock.instant());
      return new FrozenGuest(
          instance,
          dead.isPresent(),
          dead.orElse("run " + lock.get().run() + " may still be at work"));
    }
    if (!ward.locksKnown()) {
      return new FrozenGuest(
          instance, false, "whether a run holds it is unknown: locks may not be read");
    }
    return judgeUnlocked(instance);
  }

  private FrozenGuest judgeUnlocked(ObjectRef instance) {
    try {
      Optional<String> other = snapshotInProgress(instance);
      return new FrozenGuest(
          instance,
          other.isEmpty(),
          other
              .map(name -> "the VirtualMachineSnapshot " + name + " is at work")
              .orElse("no run and no VirtualMachineSnapshot holds it"));
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.FORBIDDEN) {
        throw e;
      }
      return new FrozenGuest(
          instance,
          false,
          "whether a VirtualMachineSnapshot holds it is unknown: " + e.getMessage());
    }
  }

  private Optional<String> snapshotInProgress(ObjectRef instance) {
    return cluster
        .objects()
        .get(ObjectRef.of(Kinds.VIRTUAL_MACHINE, instance.namespace(), instance.name()))
        .map(vm -> vm.at("/status/snapshotInProgress").asText(""))
        .filter(name -> !name.isEmpty());
  }
}
