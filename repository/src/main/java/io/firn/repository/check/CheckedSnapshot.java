package io.firn.repository.check;

import io.firn.repository.SnapshotId;
import java.time.Instant;
import java.util.List;

/// A snapshot that can be read, with those of its files that are hurt, by path. None: it is whole,
/// as far as the check looked.
public record CheckedSnapshot(
    SnapshotId id, Instant time, List<String> tags, List<String> hurtPaths) {
  public CheckedSnapshot {
    tags = List.copyOf(tags);
    hurtPaths = List.copyOf(hurtPaths);
  }

  public boolean whole() {
    return hurtPaths.isEmpty();
  }
}
