package io.firn.doctor;

import io.firn.graph.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the doctor found. `unknown` says of each kind that may not be read why.
public record DoctorReport(
    List<Leftover> leftovers,
    List<FrozenGuest> frozen,
    List<UnfinishedRestore> unfinished,
    List<String> unknown) {
  public DoctorReport {
    unknown = List.copyOf(unknown);
    leftovers = List.copyOf(leftovers);
    frozen = List.copyOf(frozen);
    unfinished = List.copyOf(unfinished);
  }

  /// Whether everything was seen and there is nothing to cure.
  public boolean healthy() {
    return unknown.isEmpty()
        && leftovers.stream().noneMatch(Leftover::removable)
        && frozen.stream().noneMatch(FrozenGuest::orphaned);
  }

  /// A temporary object of a run. `removable` where it has expired or its run is known to be dead;
  /// `why` says which, or why not.
  public record Leftover(
      ObjectRef object, String run, Optional<Instant> expires, boolean removable, String why) {}

  /// What a restore has made that is not finished, or is still going on: `mark` is `point/hash`.
  public record UnfinishedRestore(String namespace, String mark, List<ObjectRef> objects) {
    public UnfinishedRestore {
      objects = List.copyOf(objects);
    }
  }

  /// A guest that KubeVirt reports as frozen; `orphaned` where no live run holds it.
  public record FrozenGuest(ObjectRef instance, boolean orphaned, String why) {}
}
