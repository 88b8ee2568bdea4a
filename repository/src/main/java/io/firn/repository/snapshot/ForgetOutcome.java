package io.firn.repository.snapshot;

import io.firn.repository.SnapshotId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What became of snapshots that were to be removed: those that are gone, and those that the
/// storage keeps, with the time from which it lets go.
public record ForgetOutcome(List<SnapshotId> removed, Map<SnapshotId, Instant> locked) {
  public ForgetOutcome {
    removed = List.copyOf(removed);
    locked = Collections.unmodifiableMap(new LinkedHashMap<>(locked));
  }

  /// Until when the storage keeps any of these; empty where all are gone.
  public Optional<Instant> lockedUntil(Collection<SnapshotId> ids) {
    return ids.stream().map(locked::get).filter(Objects::nonNull).max(Comparator.naturalOrder());
  }
}
