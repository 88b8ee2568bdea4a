package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Strategic merge patch for the built-in types, with its directives `$patch`,
/// `$deleteFromPrimitiveList/…`, `$setElementOrder/…` and `$retainKeys`
/// (`k8s.io/apimachinery/pkg/util/strategicpatch`).
final class StrategicMerge {
  private static final String DIRECTIVE = "$patch";
  private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";
  private static final String RETAIN = "$retainKeys";

  private StrategicMerge() {}

  /// The patched object; `present` is changed in place.
  static ObjectNode apply(ObjectNode present, ObjectNode patch) {
    merge(present, patch);
    return present;
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    if (patch.path(DIRECTIVE).asText().equals("replace")) {
      into.removeAll();
    }
    if (patch.path(RETAIN).isArray()) {
      into.retain(Json.strings(patch.path(RETAIN)));
    }
    for (var entry : patch.properties()) {
      String field = entry.getKey();
      if (field.equals(DIRECTIVE) || field.equals(RETAIN) || field.startsWith(ORDER)) {
        continue;
      }
      if (field.startsWith(DELETE_VALUES)) {
        removeValues(into, field.substring(DELETE_VALUES.length()), entry.getValue());
      } else {
        mergeField(into, field, entry.getValue());
      }
    }
    reorder(into, patch);
  }

  private static void mergeField(ObjectNode into, String field, JsonNode value) {
    switch (value) {
      case ObjectNode change when change.path(DIRECTIVE).asText().equals("delete") ->
          into.remove(field);
      case ObjectNode change -> merge(Json.child(into, field), change);
      case ArrayNode change -> mergeList(into, field, change);
      default -> {
        if (value.isNull()) {
          into.remove(field);
        } else {
          into.set(field, value);
        }
      }
    }
  }

  private static void mergeList(ObjectNode into, String field, ArrayNode change) {
    String key = MergeKeys.of(field, change);
    if (MergeKeys.isSet(field)) {
      addValues(Json.childArray(into, field), change);
    } else if (key.isEmpty() || isReplacement(change)) {
      ArrayNode plain = Json.array();
      change.forEach(element -> {
        if (!element.has(DIRECTIVE)) {
          plain.add(element);
        }
      });
      into.set(field, plain);
    } else {
      mergeByKey(Json.childArray(into, field), key, change);
    }
  }

  private static boolean isReplacement(ArrayNode change) {
    return Json.elements(change).anyMatch(e -> e.path(DIRECTIVE).asText().equals("replace"));
  }

  private static void mergeByKey(ArrayNode into, String key, ArrayNode change) {
    List<JsonNode> before = Json.elements(into).toList();
    for (JsonNode element : change) {
      int index = indexOf(into, key, element.path(key));
      if (element.path(DIRECTIVE).asText().equals("delete")) {
        if (index >= 0) {
          into.remove(index);
        }
      } else if (index >= 0) {
        merge((ObjectNode) into.get(index), (ObjectNode) element);
      } else {
        merge(into.addObject(), (ObjectNode) element);
      }
    }
    into.addAll(interleaved(before, key, change, take(into)));
  }

  private static List<JsonNode> take(ArrayNode list) {
    List<JsonNode> elements = Json.elements(list).toList();
    list.removeAll();
    return elements;
  }

  /// The elements that the patch names come in its order, the others in the order that they had. Of
  /// two that could be next, the other one comes first only where it stood before the named one.
  private static List<JsonNode> interleaved(
      List<JsonNode> before, String key, ArrayNode change, List<JsonNode> merged) {
    Deque<JsonNode> named = new ArrayDeque<>();
    change.forEach(element ->
        merged.stream()
            .filter(one -> Json.same(one.path(key), element.path(key)))
            .forEach(named::add));
    Deque<JsonNode> others = new ArrayDeque<>(merged);
    others.removeIf(named::contains);
    List<JsonNode> keys = before.stream().map(element -> element.path(key)).toList();
    List<JsonNode> result = new ArrayList<>();
    while (!named.isEmpty() || !others.isEmpty()) {
      boolean other =
          named.isEmpty()
              || (!others.isEmpty()
                  && keys.indexOf(others.peek().path(key)) < keys.indexOf(named.peek().path(key)));
      result.add(other ? others.remove() : named.remove());
    }
    return result;
  }

  private static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (Json.same(list.get(i).path(key), value)) {
        return i;
      }
    }
    return -1;
  }

  private static void addValues(ArrayNode into, ArrayNode values) {
    for (JsonNode value : values) {
      if (Json.elements(into).noneMatch(value::equals)) {
        into.add(value);
      }
    }
  }

  private static void removeValues(ObjectNode into, String field, JsonNode values) {
    if (into.get(field) instanceof ArrayNode present) {
      List<String> gone = Json.strings(values);
      ArrayNode left = Json.array();
      present.forEach(value -> {
        if (!gone.contains(value.asText())) {
          left.add(value);
        }
      });
      into.set(field, left);
    }
  }

  /// Puts the elements that `$setElementOrder` names in that order, the others after them.
  private static void reorder(ObjectNode into, ObjectNode patch) {
    for (var entry : patch.properties()) {
      if (!entry.getKey().startsWith(ORDER)) {
        continue;
      }
      String field = entry.getKey().substring(ORDER.length());
      if (into.get(field) instanceof ArrayNode present) {
        into.set(field, ordered(present, entry.getValue(), MergeKeys.of(field, present)));
      }
    }
  }

  private static ArrayNode ordered(ArrayNode present, JsonNode order, String key) {
    List<JsonNode> left = new ArrayList<>();
    present.forEach(left::add);
    ArrayNode result = Json.array();
    for (JsonNode wanted : order) {
      left.removeIf(element -> {
        boolean match =
            key.isEmpty()
                ? Json.same(element, wanted)
                : Json.same(element.path(key), wanted.path(key));
        if (match) {
          result.add(element);
        }
        return match;
      });
    }
    left.forEach(result::add);
    return result;
  }
}
