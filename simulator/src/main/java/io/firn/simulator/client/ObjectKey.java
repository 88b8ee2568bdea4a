package io.firn.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;

/// Where an object is: its namespace ("" for cluster-scoped kinds) and name.
public record ObjectKey(String namespace, String name) {
  /// The key of an object as read.
  public static ObjectKey of(JsonNode object) {
    return new ObjectKey(Meta.namespace(object), Meta.name(object));
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
