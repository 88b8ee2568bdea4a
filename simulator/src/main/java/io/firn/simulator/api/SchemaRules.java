package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Checks a value against an openAPIV3Schema, in the words of kube-apiserver's CRD validation.
final class SchemaRules {
  private static final Set<String> TYPE_META = Set.of("apiVersion", "kind", "metadata");

  private final List<ApiFailure.Cause> causes = new ArrayList<>();

  private SchemaRules() {}

  static List<ApiFailure.Cause> check(ObjectNode schema, ObjectNode object) {
    SchemaRules rules = new SchemaRules();
    rules.object(schema, object, "", true);
    return rules.causes;
  }

  private void value(JsonNode schema, JsonNode value, String path) {
    if (value.isNull()) {
      if (!schema.path("nullable").asBoolean() && schema.has("type")) {
        wrongType(schema.path("type").asText(), value, path);
      }
      return;
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      if (!value.isIntegralNumber() && !value.isTextual()) {
        wrongType("integer,string", value, path);
      }
      return;
    }
    String type = schema.path("type").asText();
    if (!type.isEmpty() && !fits(type, value)) {
      wrongType(type, value, path);
      return;
    }
    choices(schema, value, path);
    switch (value) {
      case ObjectNode object -> object(schema, object, path, false);
      case JsonNode array when array.isArray() -> array(schema, array, path);
      case JsonNode number when number.isNumber() -> number(schema, number, path);
      case JsonNode text when text.isTextual() -> text(schema, text.asText(), path);
      default -> {}
    }
  }

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private void object(JsonNode schema, ObjectNode object, String path, boolean top) {
    for (JsonNode required : schema.path("required")) {
      if (!object.has(required.asText())) {
        add("FieldValueRequired", "Required value", join(path, required.asText()));
      }
    }
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    for (var field : object.properties()) {
      if (top && TYPE_META.contains(field.getKey())) {
        continue;
      }
      String at = join(path, field.getKey());
      if (properties.has(field.getKey())) {
        value(properties.get(field.getKey()), field.getValue(), at);
      } else if (additional.isObject()) {
        value(additional, field.getValue(), at);
      }
    }
    count(schema, "Properties", object.size(), path);
  }

  private void array(JsonNode schema, JsonNode array, String path) {
    count(schema, "Items", array.size(), path);
    JsonNode items = schema.path("items");
    if (items.isObject()) {
      for (int i = 0; i < array.size(); i++) {
        value(items, array.get(i), path + "[" + i + "]");
      }
    }
    duplicates(schema, array, path);
  }

  /// No element of a set, and no key of a list that is a map, comes twice.
  private void duplicates(JsonNode schema, JsonNode array, String path) {
    List<String> keys = Json.strings(schema.path("x-kubernetes-list-map-keys"));
    String type = schema.path("x-kubernetes-list-type").asText();
    if (!type.equals("set") && !type.equals("map")) {
      return;
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode element = array.get(i);
      JsonNode key =
          type.equals("map") && element instanceof ObjectNode object
              ? object.deepCopy().retain(keys)
              : element;
      if (!seen.add(key)) {
        add("FieldValueDuplicate", "Duplicate value: " + key, path + "[" + i + "]");
      }
    }
  }

  private void count(JsonNode schema, String what, int size, String path) {
    JsonNode least = schema.path("min" + what);
    JsonNode most = schema.path("max" + what);
    String noun = what.toLowerCase(Locale.ROOT);
    if (least.isNumber() && size < least.asInt()) {
      add(
          "FieldValueInvalid",
          "Invalid value: %d: %s in body should have at least %d %s"
              .formatted(size, path, least.asInt(), noun),
          path);
    }
    if (most.isNumber() && size > most.asInt()) {
      add(
          "FieldValueTooMany",
          "Too many: %d: must have at most %d %s".formatted(size, most.asInt(), noun),
          path);
    }
  }

  private void choices(JsonNode schema, JsonNode value, String path) {
    JsonNode allowed = schema.path("enum");
    if (!allowed.isArray() || Json.elements(allowed).anyMatch(one -> Json.same(one, value))) {
      return;
    }
    List<String> names = Json.elements(allowed).map(SchemaRules::shown).toList();
    add(
        "FieldValueNotSupported",
        "Unsupported value: " + shown(value) + ": supported values: " + String.join(", ", names),
        path);
  }

  private void number(JsonNode schema, JsonNode value, String path) {
    JsonNode least = schema.path("minimum");
    if (least.isNumber() && value.decimalValue().compareTo(least.decimalValue()) < 0) {
      invalid(value, path, "should be greater than or equal to " + least.asText());
    }
    JsonNode most = schema.path("maximum");
    if (most.isNumber() && value.decimalValue().compareTo(most.decimalValue()) > 0) {
      invalid(value, path, "should be less than or equal to " + most.asText());
    }
  }

  private void text(JsonNode schema, String value, String path) {
    int length = value.codePointCount(0, value.length());
    JsonNode longest = schema.path("maxLength");
    if (longest.isNumber() && length > longest.asInt()) {
      add("FieldValueTooLong", "Too long: may not be more than " + longest + " bytes", path);
    }
    JsonNode shortest = schema.path("minLength");
    if (shortest.isNumber() && length < shortest.asInt()) {
      invalid(TextNode.valueOf(value), path, "should be at least " + shortest + " chars long");
      return; // of a text's rules the first broken one is told
    }
    String pattern = schema.path("pattern").asText();
    if (!pattern.isEmpty() && !matches(pattern, value)) {
      invalid(TextNode.valueOf(value), path, "should match '" + pattern + "'");
    }
  }

  /// Go's and Java's syntax agree on what CRDs use in practice; a pattern that only Go can read is
  /// not enforced here.
  private static boolean matches(String pattern, String value) {
    try {
      return Pattern.compile(pattern).matcher(value).find();
    } catch (PatternSyntaxException e) {
      return true;
    }
  }

  private void wrongType(String type, JsonNode value, String path) {
    String actual = value.getNodeType().name().toLowerCase(Locale.ROOT);
    String found = value.isIntegralNumber() ? "integer" : actual;
    add(
        "FieldValueTypeInvalid",
        "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
            .formatted(found, path, type, found),
        path);
  }

  private void invalid(JsonNode value, String path, String why) {
    add(
        "FieldValueInvalid",
        "Invalid value: " + shown(value) + ": " + path + " in body " + why,
        path);
  }

  private void add(String reason, String message, String path) {
    causes.add(new ApiFailure.Cause(reason, message, path));
  }

  private static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? "\"" + value.asText() + "\"" : value.toString();
  }
}
