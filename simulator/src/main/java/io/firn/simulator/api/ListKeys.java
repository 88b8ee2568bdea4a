package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// How a list is merged and owned: as a map by some of its elements' fields, as a set of values, or
/// as a whole. Custom resources say so in their schema, built-in ones by convention.
sealed interface ListKeys {
  record Keyed(List<String> fields) implements ListKeys {
    /// The key of an element in FieldsV1's form: `k:{"name":"a"}`.
    String of(JsonNode element) {
      ObjectNode key = Json.object();
      for (String field : fields) {
        if (element.has(field)) {
          key.set(field, element.get(field));
        }
      }
      return "k:" + Json.text(key);
    }
  }

  record Values() implements ListKeys {}

  record Atomic() implements ListKeys {}

  /// `schema` is the list's own schema, missing where none is known.
  static ListKeys of(JsonNode schema, String field, JsonNode list) {
    switch (schema.path("x-kubernetes-list-type").asText()) {
      case "map" -> {
        return new Keyed(Json.strings(schema.path("x-kubernetes-list-map-keys")));
      }
      case "set" -> {
        return new Values();
      }
      default -> {}
    }
    if (MergeKeys.isSet(field)) {
      return new Values();
    }
    boolean conventional = schema.isMissingNode() || field.equals("ownerReferences");
    String key = conventional ? MergeKeys.of(field, list) : "";
    return key.isEmpty() ? new Atomic() : new Keyed(List.of(key));
  }

  /// The schema to walk an object by: its own for a custom resource, none for a built-in one.
  static JsonNode schema(Target target) {
    return target.resource().custom() && target.version().schema().isPresent()
        ? target.version().schema().get()
        : MissingNode.getInstance();
  }

  static JsonNode child(JsonNode schema, String field) {
    JsonNode property = schema.path("properties").path(field);
    return property.isMissingNode() ? schema.path("additionalProperties") : property;
  }
}
