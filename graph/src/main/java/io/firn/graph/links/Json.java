package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reading of loosely shaped JSON: what is absent, null or empty reads as nothing.
final class Json {
  private Json() {}

  /// The node at a dotted path (`spec.template.spec`); a missing node where there is none.
  static JsonNode at(JsonNode node, String dottedPath) {
    JsonNode found = node;
    int start = 0;
    for (int dot = dottedPath.indexOf('.'); dot >= 0; dot = dottedPath.indexOf('.', start)) {
      found = found.path(dottedPath.substring(start, dot));
      start = dot + 1;
    }
    return found.path(dottedPath.substring(start));
  }

  /// The non-empty text at a dotted path.
  static Optional<String> text(JsonNode node, String dottedPath) {
    return Optional.of(at(node, dottedPath).asText("")).filter(text -> !text.isEmpty());
  }

  static boolean isTrue(JsonNode node, String dottedPath) {
    return at(node, dottedPath).asBoolean(false);
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText("");
  }

  static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText("");
  }

  static boolean isTerminating(JsonNode object) {
    return text(object, "metadata.deletionTimestamp").isPresent();
  }

  /// The label's value, "" where there is none.
  static String label(JsonNode object, String key) {
    return object.path("metadata").path("labels").path(key).asText("");
  }

  /// An object of strings (labels, a selector) as a map in the order written.
  static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new LinkedHashMap<>();
    object.properties().forEach(field -> strings.put(field.getKey(), field.getValue().asText("")));
    return strings;
  }
}
