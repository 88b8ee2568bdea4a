package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Changes to an object by field ownership's rules: merging an applied configuration in, and taking
/// single fields out.
final class FieldEdits {
  private FieldEdits() {}

  /// Merges `applied` into `live`, lists by their keys.
  static void merge(JsonNode schema, ObjectNode live, ObjectNode applied) {
    for (var field : applied.properties()) {
      String name = field.getKey();
      JsonNode below = ListKeys.child(schema, name);
      switch (field.getValue()) {
        case ObjectNode change -> merge(below, Json.child(live, name), change);
        case ArrayNode change when !change.isEmpty() -> mergeList(below, live, name, change);
        case JsonNode value -> live.set(name, value.deepCopy());
      }
    }
  }

  private static void mergeList(JsonNode schema, ObjectNode live, String name, ArrayNode change) {
    switch (ListKeys.of(schema, name, change)) {
      case ListKeys.Atomic() -> live.set(name, change.deepCopy());
      case ListKeys.Values() -> {
        ArrayNode present = Json.childArray(live, name);
        for (JsonNode value : change) {
          if (Json.elements(present).noneMatch(element -> Json.same(element, value))) {
            present.add(value);
          }
        }
      }
      case ListKeys.Keyed keyed -> {
        ArrayNode present = Json.childArray(live, name);
        for (JsonNode element : change) {
          int index = indexOf(present, keyed, element);
          ObjectNode into = index < 0 ? present.addObject() : (ObjectNode) present.get(index);
          merge(schema.path("items"), into, (ObjectNode) element);
        }
      }
    }
  }

  private static int indexOf(ArrayNode list, ListKeys.Keyed keyed, JsonNode element) {
    String key = keyed.of(element);
    for (int i = 0; i < list.size(); i++) {
      if (keyed.of(list.get(i)).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /// Removes fields, the deepest first, and the objects and lists that become empty by it.
  static void remove(ObjectNode object, Collection<List<String>> paths) {
    paths.stream()
        .sorted(Comparator.<List<String>>comparingInt(List::size).reversed())
        .forEach(path -> remove(object, path));
  }

  private static void remove(JsonNode parent, List<String> path) {
    String step = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (parent instanceof ObjectNode object && step.startsWith("f:")) {
      String name = step.substring(2);
      JsonNode child = object.path(name);
      if (!rest.isEmpty()) {
        remove(child, rest);
      }
      if (rest.isEmpty() || (child.isContainerNode() && child.isEmpty())) {
        object.remove(name);
      }
    } else if (parent instanceof ArrayNode list) {
      removeElement(list, step, rest);
    }
  }

  private static void removeElement(ArrayNode list, String step, List<String> rest) {
    JsonNode wanted = Json.parse("[" + step.substring(2) + "]").path(0);
    for (int i = list.size() - 1; i >= 0; i--) {
      JsonNode element = list.get(i);
      boolean match = step.startsWith("v:") ? Json.same(element, wanted) : has(element, wanted);
      if (match && (rest.isEmpty() || rest.equals(List.of(".")))) {
        list.remove(i);
      } else if (match) {
        remove(element, rest);
      }
    }
  }

  private static boolean has(JsonNode element, JsonNode key) {
    return key.properties().stream()
        .allMatch(entry -> Json.same(element.path(entry.getKey()), entry.getValue()));
  }
}
