package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Drops the fields that a structural schema does not know or that are null, and fills in its
/// defaults (`x-kubernetes-preserve-unknown-fields` and `x-kubernetes-embedded-resource` are
/// honoured).
final class Pruning {
  private static final Set<String> TYPE_META = Set.of("apiVersion", "kind", "metadata");

  private final List<String> unknown = new ArrayList<>();

  private Pruning() {}

  /// Changes `object` in place and returns the paths of what was dropped (`spec.x[0].y`).
  static List<String> prune(ObjectNode schema, ObjectNode object) {
    Pruning pruning = new Pruning();
    pruning.walkObject(schema, object, "", true);
    return pruning.unknown;
  }

  private void walk(JsonNode schema, JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      walkObject(schema, object, path, schema.path("x-kubernetes-embedded-resource").asBoolean());
    } else if (value instanceof ArrayNode array) {
      JsonNode items = schema.path("items");
      if (items.isObject()) {
        for (int i = 0; i < array.size(); i++) {
          walk(items, array.get(i), path + "[" + i + "]");
        }
      }
    }
  }

  private void walkObject(JsonNode schema, ObjectNode object, String path, boolean typed) {
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    boolean preserve =
        schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
            || additional.asBoolean(false);
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (typed && TYPE_META.contains(field.getKey())) {
        if (field.getKey().equals("metadata")) {
          walk(BuiltinSchemas.objectMeta(), field.getValue(), at);
        }
        continue;
      }
      JsonNode known = properties.path(field.getKey());
      if (field.getValue().isNull() && known.isObject() && !known.path("nullable").asBoolean()) {
        // To write null is to leave open, unless null is a value of its own.
        fields.remove();
        continue;
      }
      if (properties.has(field.getKey())) {
        walk(properties.get(field.getKey()), field.getValue(), at);
      } else if (additional.isObject()) {
        walk(additional, field.getValue(), at);
      } else if (!preserve) {
        unknown.add(at);
        fields.remove();
      }
    }
  }

  /// Sets every default of the schema that the object leaves open; defaults of absent parents do
  /// not bring those into being.
  static void applyDefaults(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        JsonNode fallback = property.getValue().path("default");
        if (!object.has(property.getKey()) && !fallback.isMissingNode()) {
          object.set(property.getKey(), fallback.deepCopy());
        }
        applyDefaults(property.getValue(), object.path(property.getKey()));
      }
      JsonNode additional = schema.path("additionalProperties");
      if (additional.isObject()) {
        object.forEach(element -> applyDefaults(additional, element));
      }
    } else if (value instanceof ArrayNode array && schema.has("items")) {
      array.forEach(element -> applyDefaults(schema.get("items"), element));
    }
  }
}
