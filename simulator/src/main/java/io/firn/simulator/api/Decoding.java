package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The first look at an object that a client sent: kind, version, namespace, unknown fields.
final class Decoding {
  private Decoding() {}

  /// Checks and completes `body` in place. Unknown fields are dropped, warned of or refused.
  static void check(Target target, ObjectNode body, WriteOptions options) {
    checkType(target, body);
    checkNamespace(target, body);
    dropUnknown(target, body, options);
    checkTypes(target, body);
  }

  /// A built-in kind is decoded into typed fields: a value of another type does not even parse.
  /// Custom resources are validated against their schema later.
  private static void checkTypes(Target target, ObjectNode body) {
    if (target.resource().custom() || target.version().schema().isEmpty()) {
      return;
    }
    SchemaRules.check(target.version().schema().get(), body).stream()
        .findFirst()
        .ifPresent(cause -> {
          String kind = target.resource().kind();
          throw ApiFailure.badRequest(
              "%s in version \"%s\" cannot be handled as a %s: json: cannot unmarshal into Go struct field %s.%s: %s"
                  .formatted(
                      kind, target.version().name(), kind, kind, cause.field(), cause.message()));
        });
  }

  private static void checkType(Target target, ObjectNode body) {
    String kind = body.path("kind").asText();
    String apiVersion = body.path("apiVersion").asText();
    if (kind.isEmpty()) {
      throw ApiFailure.badRequest("Object 'Kind' is missing in '" + Json.text(body) + "'");
    }
    if (!apiVersion.equals(target.apiVersion())) {
      throw ApiFailure.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + target.apiVersion()
              + ")");
    }
    if (!kind.equals(target.resource().kind())) {
      throw ApiFailure.badRequest(
          "the kind in the data ("
              + kind
              + ") does not match the expected kind ("
              + target.resource().kind()
              + ")");
    }
  }

  private static void checkNamespace(Target target, ObjectNode body) {
    String stated = Meta.namespace(body);
    if (!target.resource().namespaced()) {
      return;
    }
    if (!stated.isEmpty() && !stated.equals(target.namespace())) {
      throw ApiFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    Meta.writable(body).put("namespace", target.namespace());
  }

  /// The same for the outcome of a patch, whose unknown fields are the patch's fault.
  static void checkPatched(Target target, ObjectNode next, WriteOptions options) {
    checkType(target, next);
    checkNamespace(target, next);
    String before = Json.text(next);
    String unknown = unknown(target, next, options);
    if (!unknown.isEmpty()) {
      throw ApiFailure.invalidPatch(before, "strict decoding error: " + unknown);
    }
    checkTypes(target, next);
  }

  private static void dropUnknown(Target target, ObjectNode body, WriteOptions options) {
    String unknown = unknown(target, body, options);
    if (!unknown.isEmpty()) {
      String kind = target.resource().kind();
      throw ApiFailure.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
              .formatted(kind, target.version().name(), kind, unknown));
    }
  }

  /// Drops unknown fields; names them where the client wants to be strict.
  private static String unknown(Target target, ObjectNode body, WriteOptions options) {
    List<String> unknown =
        target.version().schema().map(schema -> Pruning.prune(schema, body)).orElse(List.of());
    List<String> lines = unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
    return switch (options.validation()) {
      case STRICT -> String.join(", ", lines);
      case WARN -> {
        options.warnings().addAll(lines);
        yield "";
      }
      case IGNORE -> "";
    };
  }
}
