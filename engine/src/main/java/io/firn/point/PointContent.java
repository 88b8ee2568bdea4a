package io.firn.point;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import io.firn.repository.TreeId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// All that becomes one point. `volumes` maps a claim to the folder that a mover wrote; the
/// manifest's `definitions` is made from `definitions` when sealing. `startedAt` is when the backup
/// began, `roots` what was asked for.
public record PointContent(
    Manifest manifest,
    String run,
    Instant startedAt,
    List<ObjectRef> roots,
    List<ObjectNode> definitions,
    ObjectNode graph,
    SequencedMap<String, TreeId> volumes,
    Map<String, String> labels) {
  public PointContent {
    labels = Map.copyOf(labels);
    roots = List.copyOf(roots);
    definitions = List.copyOf(definitions);
    volumes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(volumes));
  }

  /// A point that has no labels.
  public PointContent(
      Manifest manifest,
      String run,
      Instant startedAt,
      List<ObjectRef> roots,
      List<ObjectNode> definitions,
      ObjectNode graph,
      SequencedMap<String, TreeId> volumes) {
    this(manifest, run, startedAt, roots, definitions, graph, volumes, Map.of());
  }
}
