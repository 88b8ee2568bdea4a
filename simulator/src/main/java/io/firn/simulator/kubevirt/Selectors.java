package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.List;
import java.util.TreeMap;

/// `spec.selector` of replica sets and pools.
final class Selectors {
  private Selectors() {}

  /// Whether the owner's selector picks an object by its labels; an empty selector picks nothing.
  static boolean picks(JsonNode owner, ObjectNode object) {
    JsonNode selector = Fields.at(owner, "spec", "selector");
    JsonNode labels = selector.path("matchLabels");
    List<ObjectNode> expressions = Fields.objects(selector, "matchExpressions");
    if (labels.isEmpty() && expressions.isEmpty()) {
      return false;
    }
    boolean all =
        labels.properties().stream()
            .allMatch(e -> Meta.label(object, e.getKey()).equals(e.getValue().asText()));
    return all && expressions.stream().allMatch(expression -> holds(expression, object));
  }

  private static boolean holds(ObjectNode expression, ObjectNode object) {
    String key = Fields.text(expression, "key");
    boolean present = Fields.has(object, "metadata", "labels", key);
    boolean listed = Fields.texts(expression, "values").contains(Meta.label(object, key));
    return switch (Fields.text(expression, "operator")) {
      case "In" -> present && listed;
      case "NotIn" -> !present || !listed;
      case "Exists" -> present;
      case "DoesNotExist" -> !present;
      default -> false;
    };
  }

  /// The selector as `status.labelSelector` writes it.
  static String text(JsonNode owner) {
    TreeMap<String, String> labels = new TreeMap<>();
    Fields.at(owner, "spec", "selector", "matchLabels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return String.join(
        ",", labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
