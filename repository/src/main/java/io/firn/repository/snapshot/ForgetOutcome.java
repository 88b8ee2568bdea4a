package io.firn.repository.snapshot;

import io.firn.repository.SnapshotId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What became of snapshots that were to be removed: those that are gone, and those that the
/// storage keeps, with the time from which it lets go.
public record ForgetOutcome(List<SnapshotId> removed, Map<SnapshotId, Instant> locked) {
  public ForgetOutcome {
    removed = List.copyOf(removed);
    locked = Collections.unmodifiableMap(new LinkedHashMap<>(locked));
  }
}
