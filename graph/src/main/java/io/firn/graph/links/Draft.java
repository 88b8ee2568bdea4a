package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ClaimUse;
import io.firn.graph.Finding;
import io.firn.graph.Finding.Severity;
import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.Relation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// A graph while it grows: rules add relations, and the nodes at their ends come by themselves. A
/// node that is new and present waits in the frontier until the walk follows it; so cycles end. One
/// per graph, one thread.
final class Draft {
  private record Edge(ObjectRef from, ObjectRef to) {}

  private final ObjectIndex index;
  private final Set<ObjectRef> roots;
  private final SequencedMap<ObjectRef, GraphNode> nodes = new LinkedHashMap<>();
  private final SequencedSet<Relation> relations = new LinkedHashSet<>();
  private final SequencedSet<ClaimUse> claims = new LinkedHashSet<>();
  private final SequencedSet<Finding> findings = new LinkedHashSet<>();
  private final Map<Edge, Finding> absences = new HashMap<>();
  private final Deque<GraphNode> frontier = new ArrayDeque<>();

  Draft(ObjectIndex index, SequencedSet<ObjectRef> roots) {
    this.index = index;
    this.roots = roots;
    roots.forEach(this::add);
  }

  ObjectIndex index() {
    return index;
  }

  boolean isRoot(ObjectRef ref) {
    return roots.contains(ref);
  }

  ObjectRef firstRoot() {
    return roots.iterator().next();
  }

  boolean contains(ObjectRef ref) {
    return nodes.containsKey(ref);
  }

  void link(ObjectRef from, ObjectRef to, Need need, String path) {
    add(from);
    add(to);
    relations.add(new Relation(from, to, need, path));
  }

  void claim(ClaimUse use) {
    claims.add(use);
  }

  void find(Severity severity, ObjectRef about, String message) {
    findings.add(new Finding(severity, about, message));
  }

  void find(Finding finding) {
    findings.add(finding);
  }

  /// What it means to `from` should `to` prove missing, in place of the usual words.
  void explainAbsence(Severity severity, ObjectRef from, ObjectRef to, String message) {
    absences.put(new Edge(from, to), new Finding(severity, to, message));
  }

  Optional<Finding> explainedAbsence(Relation relation) {
    return Optional.ofNullable(absences.get(new Edge(relation.from(), relation.to())));
  }

  /// The next node to follow; empty when the graph is whole.
  Optional<GraphNode> next() {
    return Optional.ofNullable(frontier.poll());
  }

  SequencedMap<ObjectRef, GraphNode> nodes() {
    return nodes;
  }

  List<Relation> relations() {
    return List.copyOf(relations);
  }

  List<ClaimUse> claims() {
    return List.copyOf(claims);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  private void add(ObjectRef ref) {
    if (nodes.containsKey(ref)) {
      return;
    }
    Presence presence = index.presence(ref);
    Optional<ObjectNode> object =
        presence instanceof Presence.Present ? index.find(ref) : Optional.empty();
    GraphNode node = new GraphNode(ref, NodeTypes.of(ref), presence, object);
    nodes.put(ref, node);
    if (object.isPresent()) {
      frontier.add(node);
    }
  }
}
