package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Objects in the form that a client accepts: as they are, as a table, or their metadata alone.
final class Rendering {
  private static final String META_GROUP = "meta.k8s.io/";

  private final Tables tables;

  Rendering(Tables tables) {
    this.tables = tables;
  }

  JsonNode one(Target target, ObjectNode object, Accepted accepted) {
    return switch (accepted.form()) {
      case OBJECT -> object;
      case TABLE ->
          tables.table(
              target,
              List.of(object),
              Json.object().put("resourceVersion", Long.toString(Meta.revision(object))),
              accepted);
      case METADATA -> partial(object, accepted.version());
    };
  }

  JsonNode list(Target target, List<ObjectNode> objects, ObjectNode meta, Accepted accepted) {
    return switch (accepted.form()) {
      case OBJECT ->
          Reads.listOf(
              target.apiVersion(), target.resource().listKind(), meta, items(target, objects));
      case TABLE -> tables.table(target, objects, meta, accepted);
      case METADATA ->
          Reads.listOf(
              META_GROUP + accepted.version(),
              "PartialObjectMetadataList",
              meta,
              array(objects.stream().map(o -> partial(o, accepted.version())).toList()));
    };
  }

  /// The items of a built-in list do not say what they are, those of a custom one do.
  private static ArrayNode items(Target target, List<ObjectNode> objects) {
    if (target.resource().custom()) {
      return array(objects);
    }
    return array(
        objects.stream()
            .map(object -> object.deepCopy().without(List.of("kind", "apiVersion")))
            .map(ObjectNode.class::cast)
            .toList());
  }

  static ObjectNode partial(ObjectNode object, String version) {
    ObjectNode partial =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", META_GROUP + version);
    partial.set("metadata", Meta.of(object));
    return partial;
  }

  private static ArrayNode array(List<ObjectNode> objects) {
    return Json.array().addAll(objects);
  }
}
