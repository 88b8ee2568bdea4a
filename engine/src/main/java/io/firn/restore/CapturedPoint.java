package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.GraphBuilder;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectLookup;
import io.firn.graph.ObjectRef;
import io.firn.graph.Relation;
import io.firn.graph.ResourceKind;
import io.firn.point.Manifest;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A point as restore sees it: its definitions, and the graph that they make among themselves.
record CapturedPoint(
    PointSummary summary,
    Manifest manifest,
    SequencedMap<ObjectRef, ObjectNode> definitions,
    ObjectGraph graph) {

  static CapturedPoint read(PointReader point) {
    SequencedMap<ObjectRef, ObjectNode> definitions = new LinkedHashMap<>();
    point.definitions().forEach(object -> definitions.put(ObjectRef.of(object), object));
    List<ObjectRef> roots =
        point.summary().machines().isEmpty()
            ? point.manifest().machines().stream().map(Manifest.MachineFacts::machine).toList()
            : point.summary().machines();
    return new CapturedPoint(
        point.summary(),
        point.manifest(),
        definitions,
        new GraphBuilder(new Lookup(definitions.values())).build(roots));
  }

  String namespace() {
    return manifest.namespace();
  }

  List<ObjectRef> roots() {
    return graph.roots();
  }

  Optional<ObjectNode> definition(ObjectRef ref) {
    return Optional.ofNullable(definitions.get(ref));
  }

  /// Everything that these objects need, themselves included.
  SequencedSet<ObjectRef> reachable(Collection<ObjectRef> from) {
    SequencedSet<ObjectRef> found = new LinkedHashSet<>(from);
    Deque<ObjectRef> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      ObjectRef next = open.removeFirst();
      for (Relation relation : graph.relations()) {
        if (relation.from().equals(next) && found.add(relation.to())) {
          open.add(relation.to());
        }
      }
    }
    return found;
  }

  /// The name of the owner of that kind; empty where the object has none.
  static Optional<String> owner(JsonNode object, ResourceKind kind) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("kind").asText().equals(kind.kind())) {
        return Optional.of(owner.path("name").asText());
      }
    }
    return Optional.empty();
  }

  /// The captured definitions as lists.
  private record Lookup(Collection<ObjectNode> objects) implements ObjectLookup {
    @Override
    public List<ObjectNode> list(ResourceKind kind, String namespace) {
      return objects.stream()
          .filter(object -> {
            ObjectRef ref = ObjectRef.of(object);
            return ref.apiGroup().equals(kind.apiGroup())
                && ref.kind().equals(kind.kind())
                && (!kind.namespaced() || ref.namespace().equals(namespace));
          })
          .toList();
    }
  }
}
