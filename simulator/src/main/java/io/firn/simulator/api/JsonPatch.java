package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON patch, RFC 6902. A `test` that fails, or a path that leads nowhere, refuses the whole patch
/// with 422, as kube-apiserver does.
final class JsonPatch {
  private final Target target;

  private JsonPatch(Target target) {
    this.target = target;
  }

  static ObjectNode apply(Target target, ObjectNode present, ArrayNode operations) {
    JsonPatch patch = new JsonPatch(target);
    for (JsonNode operation : operations) {
      patch.run(present, operation);
    }
    return present;
  }

  private void run(ObjectNode document, JsonNode operation) {
    String path = operation.path("path").asText();
    JsonNode value = operation.path("value").deepCopy();
    switch (operation.path("op").asText()) {
      case "add" -> add(document, path, value);
      case "remove" -> remove(document, path);
      case "replace" -> replace(document, path, value);
      case "move" -> {
        String from = operation.path("from").asText();
        JsonNode moved = read(document, from);
        remove(document, from);
        add(document, path, moved);
      }
      case "copy" ->
          add(document, path, read(document, operation.path("from").asText()).deepCopy());
      case "test" -> test(document, path, value);
      default -> throw unprocessable();
    }
  }

  private void test(ObjectNode document, String path, JsonNode value) {
    JsonNode present = document.at(path);
    boolean absent = present.isMissingNode() && value.isNull();
    if (!absent && !Json.same(present, value)) {
      throw unprocessable();
    }
  }

  private void add(ObjectNode document, String path, JsonNode value) {
    JsonNode parent = parent(document, path);
    String last = last(path);
    switch (parent) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> {
        int index = last.equals("-") ? array.size() : index(last, array.size() + 1);
        array.insert(index, value);
      }
      default -> throw unprocessable();
    }
  }

  /// A field that is not there is set all the same: the server's library is milder than the RFC.
  private void replace(ObjectNode document, String path, JsonNode value) {
    JsonNode parent = parent(document, path);
    if (parent instanceof ObjectNode object) {
      object.set(last(path), value);
    } else if (parent instanceof ArrayNode array) {
      array.set(index(last(path), array.size()), value);
    }
  }

  private void remove(ObjectNode document, String path) {
    if (document.at(path).isMissingNode()) {
      throw unprocessable();
    }
    JsonNode parent = parent(document, path);
    if (parent instanceof ObjectNode object) {
      object.remove(last(path));
    } else if (parent instanceof ArrayNode array) {
      array.remove(index(last(path), array.size()));
    }
  }

  private JsonNode read(ObjectNode document, String path) {
    JsonNode value = document.at(path);
    if (value.isMissingNode()) {
      throw unprocessable();
    }
    return value;
  }

  private JsonNode parent(ObjectNode document, String path) {
    int slash = path.lastIndexOf('/');
    JsonNode parent = slash < 0 ? document : document.at(path.substring(0, slash));
    if (slash < 0 || parent.isMissingNode()) {
      throw unprocessable();
    }
    return parent;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private int index(String segment, int limit) {
    if (!segment.matches("\\d{1,9}") || Integer.parseInt(segment) >= limit) {
      throw unprocessable();
    }
    return Integer.parseInt(segment);
  }

  /// The server could not carry out the patch: 422, but without a word why.
  private ApiFailure unprocessable() {
    return ApiFailure.about(
        422,
        "Invalid",
        target.resource().id(),
        target.name(),
        "the server rejected our request due to an error in our request");
  }
}
