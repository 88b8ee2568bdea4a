package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The objects of one kind in one namespace, as read once, found by name or by an [Indexing] whose
/// table is built when it is first asked for. One per thread.
final class Listing {
  private final List<ObjectNode> objects;
  private final Optional<String> unreadable;
  private final Map<String, ObjectNode> byName = new LinkedHashMap<>();
  private final Map<String, Map<String, List<ObjectNode>>> tables = new HashMap<>();

  Listing(List<ObjectNode> objects, Optional<String> unreadable) {
    this.objects = objects;
    this.unreadable = unreadable;
    objects.forEach(object -> byName.putIfAbsent(Json.name(object), object));
  }

  /// Why the kind could not be read here; the list is empty then.
  Optional<String> unreadable() {
    return unreadable;
  }

  Optional<ObjectNode> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The objects with that key, in list order.
  List<ObjectNode> where(Indexing indexing, String key) {
    return tables
        .computeIfAbsent(indexing.name(), _ -> table(indexing))
        .getOrDefault(key, List.of());
  }

  private Map<String, List<ObjectNode>> table(Indexing indexing) {
    Map<String, List<ObjectNode>> table = new HashMap<>();
    for (ObjectNode object : objects) {
      for (String key : indexing.keys().apply(object)) {
        table.computeIfAbsent(key, _ -> new ArrayList<>()).add(object);
      }
    }
    return table;
  }
}
