package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// One entry of `metadata.ownerReferences`. The API group is left out on purpose: owners keep their
/// kind over versions and groups stay as they are.
record Owner(String kind, String name, String uid, boolean controller) {
  static List<Owner> of(JsonNode object) {
    return StreamSupport.stream(
            object.path("metadata").path("ownerReferences").spliterator(), false)
        .map(owner ->
            new Owner(
                owner.path("kind").asText(""),
                owner.path("name").asText(""),
                owner.path("uid").asText(""),
                owner.path("controller").asBoolean(false)))
        .toList();
  }

  /// The first owner of the kind.
  static Optional<Owner> ofKind(JsonNode object, String kind) {
    return of(object).stream().filter(owner -> owner.kind().equals(kind)).findFirst();
  }
}
