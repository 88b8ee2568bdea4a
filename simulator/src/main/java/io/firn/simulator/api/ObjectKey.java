package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;

/// Where an object lies; `namespace` is "" for cluster-scoped ones. Ordered as lists are.
record ObjectKey(ResourceId resource, String namespace, String name) {
  static ObjectKey of(ResourceId resource, JsonNode object) {
    return new ObjectKey(resource, Meta.namespace(object), Meta.name(object));
  }

  /// The key within a table: namespaces sort before names.
  String path() {
    return namespace + '\u0000' + name;
  }
}
