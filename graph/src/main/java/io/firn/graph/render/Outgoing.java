package io.firn.graph.render;

import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The relations of a graph by the object that they leave from, in the graph's order.
final class Outgoing {
  private final Map<ObjectRef, List<Relation>> relations = new HashMap<>();

  Outgoing(ObjectGraph graph) {
    for (Relation relation : graph.relations()) {
      relations.computeIfAbsent(relation.from(), _ -> new ArrayList<>()).add(relation);
    }
  }

  List<Relation> from(ObjectRef ref) {
    return relations.getOrDefault(ref, List.of());
  }
}
