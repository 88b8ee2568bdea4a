package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A Kubernetes label selector. An empty one matches nothing here: a controller without a selector
/// owns nothing.
record Selector(List<Predicate<Map<String, String>>> demands) {
  static Selector of(JsonNode selector) {
    Stream<Predicate<Map<String, String>>> equal =
        Json.strings(selector.path("matchLabels")).entrySet().stream()
            .map(wanted -> labels -> wanted.getValue().equals(labels.get(wanted.getKey())));
    Stream<Predicate<Map<String, String>>> expressions =
        StreamSupport.stream(selector.path("matchExpressions").spliterator(), false)
            .map(Selector::demand);
    return new Selector(Stream.concat(equal, expressions).toList());
  }

  boolean matches(JsonNode object) {
    Map<String, String> labels = Json.strings(object.path("metadata").path("labels"));
    return !demands.isEmpty() && demands.stream().allMatch(demand -> demand.test(labels));
  }

  private static Predicate<Map<String, String>> demand(JsonNode expression) {
    String key = expression.path("key").asText("");
    var values =
        StreamSupport.stream(expression.path("values").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    return switch (expression.path("operator").asText("")) {
      case "In" -> labels -> labels.containsKey(key) && values.contains(labels.get(key));
      case "NotIn" -> labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
      case "Exists" -> labels -> labels.containsKey(key);
      case "DoesNotExist" -> labels -> !labels.containsKey(key);
      // The API server admits no other operator.
      default -> _ -> false;
    };
  }
}
