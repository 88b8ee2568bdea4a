package io.firn.graph.render;

import io.firn.graph.Need;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All relations from one object to another as one line of a picture, as strong as the strongest of
/// them.
record Arrow(ObjectRef from, ObjectRef to, Need need, List<String> paths) {
  private record Ends(ObjectRef from, ObjectRef to) {}

  Arrow {
    paths = List.copyOf(paths);
  }

  /// In the order of the graph's relations.
  static List<Arrow> of(ObjectGraph graph) {
    Map<Ends, List<Relation>> grouped = new LinkedHashMap<>();
    for (Relation relation : graph.relations()) {
      grouped
          .computeIfAbsent(new Ends(relation.from(), relation.to()), _ -> new ArrayList<>())
          .add(relation);
    }
    return grouped.entrySet().stream().map(group -> of(group.getKey(), group.getValue())).toList();
  }

  private static Arrow of(Ends ends, List<Relation> relations) {
    Need need = relations.stream().map(Relation::need).min(Need::compareTo).orElseThrow();
    return new Arrow(ends.from(), ends.to(), need, relations.stream().map(Relation::path).toList());
  }
}
