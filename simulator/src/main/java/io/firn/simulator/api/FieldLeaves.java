package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes an object apart into the fields that somebody can own, with their values.
final class FieldLeaves {
  /// Nobody owns what the server itself writes, nor an object's identity.
  private static final Set<String> UNOWNED =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generateName",
          "selfLink",
          "managedFields");

  private final Map<List<String>, JsonNode> leaves = new LinkedHashMap<>();

  private FieldLeaves() {}

  /// The fields that a write to the target is about: a status write its status, any other write
  /// everything else.
  static Map<List<String>, JsonNode> of(Target target, ObjectNode object) {
    FieldLeaves leaves = new FieldLeaves();
    JsonNode schema = ListKeys.schema(target);
    boolean status = target.subresource().equals("status");
    for (var field : object.properties()) {
      String name = field.getKey();
      boolean ownStatus = name.equals("status") && target.version().has("status");
      boolean skipped =
          name.equals("apiVersion")
              || name.equals("kind")
              || (status != ownStatus && !isMeta(name));
      if (!skipped) {
        leaves.walk(ListKeys.child(schema, name), name, field.getValue(), List.of("f:" + name));
      }
    }
    leaves.leaves.keySet().removeIf(FieldLeaves::isUnowned);
    return leaves.leaves;
  }

  private static boolean isMeta(String name) {
    return name.equals("metadata");
  }

  private static boolean isUnowned(List<String> path) {
    return path.getFirst().equals("f:metadata")
        && (path.size() < 2 || UNOWNED.contains(path.get(1).substring(2)));
  }

  private void walk(JsonNode schema, String field, JsonNode value, List<String> at) {
    switch (value) {
      case ObjectNode object when !object.isEmpty() -> {
        for (var entry : object.properties()) {
          String name = entry.getKey();
          walk(ListKeys.child(schema, name), name, entry.getValue(), below(at, "f:" + name));
        }
      }
      case ArrayNode list when !list.isEmpty() -> list(schema, field, list, at);
      default -> leaves.put(at, value);
    }
  }

  private void list(JsonNode schema, String field, ArrayNode list, List<String> at) {
    switch (ListKeys.of(schema, field, list)) {
      case ListKeys.Atomic() -> leaves.put(at, list);
      case ListKeys.Values() ->
          list.forEach(element -> leaves.put(below(at, "v:" + Json.text(element)), element));
      case ListKeys.Keyed keyed -> {
        for (JsonNode element : list) {
          List<String> item = below(at, keyed.of(element));
          leaves.put(below(item, "."), Json.object());
          for (var entry : element.properties()) {
            JsonNode below = ListKeys.child(schema.path("items"), entry.getKey());
            walk(below, entry.getKey(), entry.getValue(), below(item, "f:" + entry.getKey()));
          }
        }
      }
    }
  }

  private static List<String> below(List<String> at, String step) {
    List<String> path = new ArrayList<>(at);
    path.add(step);
    return List.copyOf(path);
  }
}
