package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.GraphNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Relation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Chooses which objects of a graph become definitions of a point: roots, machines and instances,
/// and all that something requires or can use. What the cluster makes anew, or what restoring would
/// set off again, stays in the graph only. Stateless.
final class Definitions {
  private static final Set<String> ALWAYS =
      Set.of(
          Kinds.VIRTUAL_MACHINE.kind(),
          Kinds.INSTANCE.kind(),
          Kinds.REPLICA_SET.kind(),
          Kinds.POOL.kind());

  private Definitions() {}

  static List<ObjectNode> of(ObjectGraph graph) {
    Set<ObjectRef> wanted =
        graph.relations().stream()
            .filter(r -> r.need() == Need.REQUIRED || r.need() == Need.OPTIONAL)
            .map(Relation::to)
            .collect(Collectors.toSet());
    return graph.nodes().values().stream()
        .filter(node -> keep(node, wanted) || graph.roots().contains(node.ref()))
        .flatMap(node -> node.object().stream())
        .toList();
  }

  private static boolean keep(GraphNode node, Set<ObjectRef> wanted) {
    return ALWAYS.contains(node.ref().kind()) || wanted.contains(node.ref());
  }
}
