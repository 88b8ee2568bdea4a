package io.firn.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What each object of a graph means to its roots. A way from a root is as weak as its weakest
/// relation (what only a derived object needs is derived itself), and an object is needed as much
/// as the strongest way to it. Roots are required.
///
/// Immutable.
public final class Needs {
  private final Map<ObjectRef, Need> needs;

  private Needs(Map<ObjectRef, Need> needs) {
    this.needs = needs;
  }

  public static Needs of(ObjectGraph graph) {
    Map<ObjectRef, List<Relation>> outgoing = new HashMap<>();
    for (Relation relation : graph.relations()) {
      outgoing.computeIfAbsent(relation.from(), _ -> new ArrayList<>()).add(relation);
    }
    Map<ObjectRef, Need> needs = new HashMap<>();
    Deque<ObjectRef> frontier = new ArrayDeque<>();
    graph.roots().forEach(root -> strengthen(root, Need.REQUIRED, needs, frontier));
    while (!frontier.isEmpty()) {
      ObjectRef from = frontier.poll();
      Need sofar = needs.getOrDefault(from, Need.NEVER_RESTORE);
      for (Relation relation : outgoing.getOrDefault(from, List.of())) {
        strengthen(relation.to(), weaker(sofar, relation.need()), needs, frontier);
      }
    }
    return new Needs(Map.copyOf(needs));
  }

  /// The need of an object; [Need#NEVER_RESTORE] for one that no root leads to.
  public Need of(ObjectRef ref) {
    return needs.getOrDefault(ref, Need.NEVER_RESTORE);
  }

  private static void strengthen(
      ObjectRef ref, Need need, Map<ObjectRef, Need> needs, Deque<ObjectRef> frontier) {
    Need known = needs.get(ref);
    if (known == null || need.compareTo(known) < 0) {
      needs.put(ref, need);
      frontier.add(ref);
    }
  }

  private static Need weaker(Need one, Need other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
