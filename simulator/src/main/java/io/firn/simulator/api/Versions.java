package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Conversion between the versions of a resource: only the apiVersion is relabelled, which is what
/// a CRD with conversion strategy `None` does.
final class Versions {
  private Versions() {}

  /// The object in the target's version; the same tree where it already is, otherwise a shallow
  /// copy.
  static ObjectNode as(Target target, ObjectNode object) {
    return as(target.apiVersion(), object);
  }

  static ObjectNode as(String apiVersion, ObjectNode object) {
    if (object.path("apiVersion").asText().equals(apiVersion)) {
      return object;
    }
    ObjectNode copy = Json.object();
    copy.setAll(object);
    copy.put("apiVersion", apiVersion);
    return copy;
  }
}
