package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Label selectors in their object form (`matchLabels`, `matchExpressions`).
final class Labels {
  private Labels() {}

  /// Whether the selector picks the object; an empty selector picks everything.
  static boolean match(JsonNode selector, JsonNode object) {
    JsonNode labels = Meta.of(object).path("labels");
    for (var wanted : selector.path("matchLabels").properties()) {
      if (!labels.path(wanted.getKey()).asText().equals(wanted.getValue().asText())) {
        return false;
      }
    }
    return Json.elements(selector.path("matchExpressions")).allMatch(e -> holds(e, labels));
  }

  private static boolean holds(JsonNode expression, JsonNode labels) {
    String key = expression.path("key").asText();
    List<String> values = Json.strings(expression.path("values"));
    boolean in = labels.has(key) && values.contains(labels.path(key).asText());
    return switch (expression.path("operator").asText()) {
      case "In" -> in;
      case "NotIn" -> !in;
      case "Exists" -> labels.has(key);
      case "DoesNotExist" -> !labels.has(key);
      default -> false;
    };
  }
}
