package io.firn.repository.prune;

import io.firn.repository.PackId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a prune did. `postponed` says who kept it from deleting what was due. `damaged` are packs
/// that were to be repacked and could not be read whole: they were left as they are.
public record PruneOutcome(
    PrunePlan plan,
    long packsDeleted,
    long bytesDeleted,
    long packsRepacked,
    long bytesWritten,
    long packsMarked,
    long bytesMarked,
    Optional<Instant> nextDue,
    long indexesRemoved,
    Optional<String> postponed,
    List<PackId> damaged) {
  public PruneOutcome {
    damaged = List.copyOf(damaged);
  }
}
