package io.firn.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Reading and writing fields of JSON objects by path. Absent fields read as "" or empty lists;
/// writing makes what is missing on the way.
public final class Fields {
  public static final ObjectMapper JSON = new ObjectMapper();

  private Fields() {}

  public static ObjectNode newObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode newArray() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The node at a path; a missing node where there is none.
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String step : path) {
      here = here.path(step);
    }
    return here;
  }

  public static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  public static boolean has(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return !found.isMissingNode() && !found.isNull();
  }

  /// The objects of the array at a path.
  public static List<ObjectNode> objects(JsonNode node, String... path) {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode element : at(node, path)) {
      if (element instanceof ObjectNode object) {
        found.add(object);
      }
    }
    return found;
  }

  /// The texts of the array at a path.
  public static List<String> texts(JsonNode node, String... path) {
    List<String> found = new ArrayList<>();
    for (JsonNode element : at(node, path)) {
      found.add(element.asText());
    }
    return found;
  }

  /// The first object of a list that a field names, as in lists keyed by name or type.
  public static Optional<ObjectNode> named(JsonNode list, String field, String value) {
    return first(list, element -> element.path(field).asText().equals(value));
  }

  public static Optional<ObjectNode> first(JsonNode list, Predicate<ObjectNode> wanted) {
    for (JsonNode element : list) {
      if (element instanceof ObjectNode object && wanted.test(object)) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  /// The object at a path, made where missing.
  public static ObjectNode object(ObjectNode node, String... path) {
    ObjectNode here = node;
    for (String step : path) {
      here = here.get(step) instanceof ObjectNode next ? next : here.putObject(step);
    }
    return here;
  }

  /// The array at a path, made where missing.
  public static ArrayNode array(ObjectNode node, String... path) {
    ObjectNode parent = node;
    for (int i = 0; i < path.length - 1; i++) {
      parent = object(parent, path[i]);
    }
    String last = path[path.length - 1];
    return parent.get(last) instanceof ArrayNode found ? found : parent.putArray(last);
  }

  /// Sets a text where there is none yet.
  public static void putIfAbsent(ObjectNode node, String field, String value) {
    if (text(node, field).isEmpty()) {
      node.put(field, value);
    }
  }
}
