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
      default -> throw ApiFailure.badRequest("Unexpected kind: " + operation.path("op").asText());
    }
  }

  private void test(ObjectNode document, String path, JsonNode value) {
    JsonNode present = document.at(path);
    boolean absent = present.isMissingNode() && value.isNull();
    if (!absent && !Json.same(present, value)) {
      throw unprocessable("testing value " + path + " failed: test failed");
    }
  }

  private void add(ObjectNode document, String path, JsonNode value) {
    JsonNode parent = parent(document, path, "add");
    String last = last(path);
    switch (parent) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> {
        int index = last.equals("-") ? array.size() : index(last, path);
        if (index < 0 || index > array.size()) {
          throw unprocessable(
              "add operation does not apply: doc is missing path: " + path + ": invalid index");
        }
        array.insert(index, value);
      }
      default -> throw missing("add", path);
    }
  }

  private void replace(ObjectNode document, String path, JsonNode value) {
    read(document, path);
    JsonNode parent = parent(document, path, "replace");
    if (parent instanceof ObjectNode object) {
      object.set(last(path), value);
    } else if (parent instanceof ArrayNode array) {
      array.set(index(last(path), path), value);
    }
  }

  private void remove(ObjectNode document, String path) {
    if (document.at(path).isMissingNode()) {
      throw missing("remove", path);
    }
    JsonNode parent = parent(document, path, "remove");
    if (parent instanceof ObjectNode object) {
      object.remove(last(path));
    } else if (parent instanceof ArrayNode array) {
      array.remove(index(last(path), path));
    }
  }

  private JsonNode read(ObjectNode document, String path) {
    JsonNode value = document.at(path);
    if (value.isMissingNode()) {
      throw missing("replace", path);
    }
    return value;
  }

  private JsonNode parent(ObjectNode document, String path, String operation) {
    int slash = path.lastIndexOf('/');
    JsonNode parent = slash < 0 ? document : document.at(path.substring(0, slash));
    if (slash < 0 || parent.isMissingNode()) {
      throw missing(operation, path);
    }
    return parent;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private int index(String segment, String path) {
    if (!segment.matches("\\d{1,9}")) {
      throw missing("replace", path);
    }
    return Integer.parseInt(segment);
  }

  private ApiFailure missing(String operation, String path) {
    return unprocessable(
        operation + " operation does not apply: doc is missing path: " + path + ": missing value");
  }

  /// The server could not carry out the patch: 422, but without the usual text about validity.
  private ApiFailure unprocessable(String why) {
    return ApiFailure.about(
        422,
        "Invalid",
        target.resource().id(),
        target.name(),
        "the server rejected our request due to an error in our request: " + why);
  }
}
