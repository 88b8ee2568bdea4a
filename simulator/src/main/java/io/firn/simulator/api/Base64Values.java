package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The values that travel as base64: of a Secret its data, of a ConfigMap its binary data.
final class Base64Values {
  private static final Pattern WHOLE_GROUPS =
      Pattern.compile(
          "([A-Za-z0-9+/]{4})*+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})?");
  private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9+/]*");

  private Base64Values() {}

  /// What is wrong with the first value that cannot be decoded.
  static Optional<String> mistake(ObjectNode object) {
    String field =
        switch (object.path("kind").asText()) {
          case "Secret" -> "data";
          case "ConfigMap" -> "binaryData";
          default -> "";
        };
    return Json.elements(object.path(field))
        .map(JsonNode::asText)
        .filter(value -> !WHOLE_GROUPS.matcher(value).matches())
        .map(value -> "illegal base64 data at input byte " + firstStranger(value))
        .findFirst();
  }

  private static int firstStranger(String value) {
    Matcher known = ALPHABET.matcher(value);
    return known.lookingAt() ? known.end() : 0;
  }
}
