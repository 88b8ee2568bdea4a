package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/// The shape of an object: the path of every field that it has, values left out. Elements of a list
/// count as one, except that conditions are told apart by type.
final class Shape {
  private final Set<String> paths = new TreeSet<>();

  private Shape() {}

  static Set<String> of(JsonNode object) {
    Shape shape = new Shape();
    shape.add("", object);
    return shape.paths;
  }

  private void add(String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field -> add(path + "/" + name(path, field.getKey()), field.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      node.forEach(element -> add(path + "[" + kind(path, element) + "]", element));
    } else {
      paths.add(path);
    }
  }

  /// Keys that are data: pods by UID.
  private static String name(String path, String key) {
    return path.endsWith("/activePods") ? "*" : key;
  }

  private static String kind(String path, JsonNode element) {
    return path.endsWith("/conditions") ? element.path("type").asText() : "";
  }
}
