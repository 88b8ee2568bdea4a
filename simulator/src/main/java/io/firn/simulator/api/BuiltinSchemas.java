package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Schemas of the built-in kinds in the form of openAPIV3Schema, derived from their protobuf
/// messages: enough to know every field and its type.
///
/// Thread-safe; the schemas are shared and must not be changed.
final class BuiltinSchemas {
  private static final ObjectNode OBJECT_META = new BuiltinSchemas().message("meta.v1.ObjectMeta");

  private final ProtobufSchema messages = new ProtobufSchema();
  private final Map<String, ObjectNode> made = new ConcurrentHashMap<>();

  /// The schema of every object's metadata.
  static ObjectNode objectMeta() {
    return OBJECT_META;
  }

  /// Empty where the kind's fields are not known.
  Optional<ObjectNode> of(String apiVersion, String kind) {
    return messages.messageOf(apiVersion, kind).map(this::message).map(BuiltinSchemas::top);
  }

  private static ObjectNode top(ObjectNode message) {
    ObjectNode schema = message.deepCopy();
    ObjectNode properties = Json.child(schema, "properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    return schema;
  }

  private ObjectNode message(String name) {
    ObjectNode known = made.get(name);
    if (known != null) {
      return known;
    }
    ObjectNode schema = Json.object().put("type", "object");
    fill(Json.child(schema, "properties"), name);
    made.put(name, schema);
    return schema;
  }

  private void fill(ObjectNode properties, String message) {
    for (ProtobufSchema.Field field : messages.fields(message).values()) {
      if (field.isInline()) {
        fill(properties, field.type());
      } else {
        properties.set(field.name(), shaped(field));
      }
    }
  }

  private ObjectNode shaped(ProtobufSchema.Field field) {
    ObjectNode value = value(field.type());
    return switch (field.shape()) {
      case ONE -> value;
      case LIST -> {
        ObjectNode list = Json.object().put("type", "array");
        list.set("items", value);
        yield list;
      }
      case MAP -> {
        ObjectNode map = Json.object().put("type", "object");
        map.set("additionalProperties", value);
        yield map;
      }
    };
  }

  private ObjectNode value(String type) {
    ObjectNode schema = Json.object();
    return switch (type) {
      case "s" -> schema.put("type", "string");
      case "i" -> schema.put("type", "integer");
      case "b" -> schema.put("type", "boolean");
      case "d" -> schema.put("type", "number");
      case "y" -> schema.put("type", "string").put("format", "byte");
      case "T", "U" -> schema.put("type", "string").put("format", "date-time");
      case "I" -> schema.put("x-kubernetes-int-or-string", true);
      case "Q" -> schema.put("format", "quantity");
      case "R", "F" -> schema.put("x-kubernetes-preserve-unknown-fields", true);
      case "Ls" -> {
        schema.put("type", "array").putObject("items").put("type", "string");
        yield schema;
      }
      default -> message(type);
    };
  }
}
