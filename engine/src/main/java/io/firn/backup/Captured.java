package io.firn.backup;

import io.firn.graph.ObjectGraph;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a capture has: snapshots, levels, and the definitions as they were read in the window.
record Captured(
    Instant at,
    List<CutVolume> cuts,
    List<ReachedLevel> levels,
    ObjectGraph graph,
    ClusterLookup lookup) {
  Captured {
    cuts = List.copyOf(cuts);
    levels = List.copyOf(levels);
  }

  Optional<CutVolume> cut(PlannedVolume volume) {
    return cuts.stream().filter(c -> c.volume().equals(volume)).findFirst();
  }
}
