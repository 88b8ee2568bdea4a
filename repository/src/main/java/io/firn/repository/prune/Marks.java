package io.firn.repository.prune;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the mark files say, and which files these are. A value.
record Marks(Map<PackId, Instant> since, List<Digest> files) {
  Marks {
    since = Map.copyOf(since);
    files = List.copyOf(files);
  }

  /// Since when a pack is marked. A time to come is one of a clock that was wrong: it counts from
  /// now.
  Optional<Instant> since(PackId pack, Instant now) {
    return Optional.ofNullable(since.get(pack)).map(time -> time.isAfter(now) ? now : time);
  }

  /// Those that were set before a time.
  Marks before(Instant time) {
    Map<PackId, Instant> older = new HashMap<>(since);
    older.values().removeIf(set -> !set.isBefore(time));
    return new Marks(older, files);
  }

  boolean due(PackId pack, Instant now, Duration grace) {
    return since(pack, now).filter(time -> !time.plus(grace).isAfter(now)).isPresent();
  }

  boolean anyDue(Instant now, Duration grace) {
    return since.keySet().stream().anyMatch(pack -> due(pack, now, grace));
  }
}
