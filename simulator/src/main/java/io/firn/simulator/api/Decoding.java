package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// The first look at an object that a client sent: kind, version, namespace, unknown fields.
final class Decoding {
  private Decoding() {}

  /// Checks and completes `body` in place. Unknown fields are dropped, warned of or refused.
  static void check(Target target, ObjectNode body, WriteOptions options) {
    checkType(target, body);
    checkNamespace(target, body);
    dropUnknown(target, body, options);
    mistyped(target, body)
        .ifPresent(why -> {
          throw unfit(target, why);
        });
  }

  /// A built-in kind is decoded into typed fields: a value of another type does not even parse.
  /// Custom resources are validated against their schema later.
  private static Optional<String> mistyped(Target target, ObjectNode body) {
    if (target.resource().custom() || target.version().schema().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> mistyped =
        SchemaRules.check(target.version().schema().get(), body).stream()
            .findFirst()
            .map(cause ->
                "json: cannot unmarshal into Go struct field %s.%s: %s"
                    .formatted(target.resource().kind(), cause.field(), cause.message()));
    return mistyped.or(() -> Base64Values.mistake(body));
  }

  private static ApiFailure unfit(Target target, String why) {
    String kind = target.resource().kind();
    return ApiFailure.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(kind, target.version().name(), kind, why));
  }

  private static void checkType(Target target, ObjectNode body) {
    String kind = body.path("kind").asText();
    String apiVersion = body.path("apiVersion").asText();
    if (kind.isEmpty() && apiVersion.isEmpty() && !target.resource().custom()) {
      // A built-in kind is known from the path.
      body.put("apiVersion", target.apiVersion()).put("kind", target.resource().kind());
      return;
    }
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
    mistyped(target, next)
        .ifPresent(why -> {
          throw ApiFailure.invalidPatch(before, why);
        });
  }

  private static void dropUnknown(Target target, ObjectNode body, WriteOptions options) {
    String unknown = unknown(target, body, options);
    if (!unknown.isEmpty()) {
      throw unfit(target, "strict decoding error: " + unknown);
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
