package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// The body of a PATCH request, by its media type.
sealed interface Patch {
  String MERGE = "application/merge-patch+json";
  String JSON = "application/json-patch+json";
  String STRATEGIC = "application/strategic-merge-patch+json";
  String APPLY = "application/apply-patch+yaml";

  /// RFC 7386.
  record Merge(ObjectNode patch) implements Patch {}

  /// RFC 6902.
  record Operations(ArrayNode operations) implements Patch {}

  /// Kubernetes' own: lists are merged by the keys of the built-in types.
  record Strategic(ObjectNode patch) implements Patch {}

  /// Server-side apply: what the manager wants the object to be.
  record Apply(ObjectNode object) implements Patch {}

  static Patch of(Target target, ApiRequest request) {
    return switch (request.contentType()) {
      case MERGE -> new Merge(request.object());
      case JSON -> {
        if (request.json() instanceof ArrayNode operations) {
          yield new Operations(operations);
        }
        throw ApiFailure.badRequest(
            "json: cannot unmarshal object into Go value of type jsonpatch.Patch");
      }
      case STRATEGIC -> {
        if (target.resource().custom()) {
          throw ApiFailure.unsupportedMediaType(String.join(", ", JSON, MERGE, APPLY));
        }
        yield new Strategic(request.object());
      }
      case APPLY, "application/apply-patch+json" -> new Apply(applied(request));
      default ->
          throw ApiFailure.unsupportedMediaType(String.join(", ", JSON, MERGE, STRATEGIC, APPLY));
    };
  }

  private static ObjectNode applied(ApiRequest request) {
    if (request.query().get("fieldManager").isEmpty()) {
      throw ApiFailure.badRequest(
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    ObjectNode object = request.object();
    if (Meta.of(object).path("managedFields").size() > 0) {
      throw ApiFailure.badRequest("metadata.managedFields must be nil");
    }
    return object;
  }

  /// The patched object. `present` may be changed in place.
  default ObjectNode applyTo(Target target, ObjectNode present, WriteOptions options, Instant now) {
    return switch (this) {
      case Merge(ObjectNode patch) -> merged(present, patch);
      case Operations(ArrayNode operations) -> JsonPatch.apply(target, present, operations);
      case Strategic(ObjectNode patch) -> StrategicMerge.apply(present, patch);
      case Apply(ObjectNode object) -> ServerSideApply.apply(target, present, object, options, now);
    };
  }

  /// Whether the patch itself speaks of `metadata.resourceVersion`. Only then does a lost race
  /// reach the client; kube-apiserver applies every other patch again to what is there now.
  default boolean namesRevision() {
    return switch (this) {
      case Merge(ObjectNode patch) -> Meta.of(patch).hasNonNull("resourceVersion");
      case Strategic(ObjectNode patch) -> Meta.of(patch).hasNonNull("resourceVersion");
      case Apply(ObjectNode object) -> Meta.of(object).hasNonNull("resourceVersion");
      case Operations(ArrayNode operations) ->
          operations
              .valueStream()
              .anyMatch(o -> o.path("path").asText().equals("/metadata/resourceVersion"));
    };
  }

  private static ObjectNode merged(ObjectNode present, ObjectNode patch) {
    merge(present, patch);
    return present;
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    for (var field : patch.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        into.remove(field.getKey());
      } else if (value instanceof ObjectNode change) {
        merge(Json.child(into, field.getKey()), change);
      } else {
        into.set(field.getKey(), value);
      }
    }
  }
}
