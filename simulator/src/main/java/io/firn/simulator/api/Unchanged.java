package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Whether a write changes nothing, so that the revision stays as it is. Who owns which field and
/// since when does not count by its timestamps.
final class Unchanged {
  private Unchanged() {}

  static boolean test(ObjectNode old, ObjectNode next) {
    return Json.same(content(old), content(next)) && Json.same(comparable(old), comparable(next));
  }

  private static ObjectNode content(ObjectNode object) {
    ObjectNode content = Json.object();
    content.setAll(object);
    content.remove("metadata");
    return content;
  }

  private static ObjectNode comparable(ObjectNode object) {
    ObjectNode meta = Meta.writable(object).deepCopy();
    meta.path("managedFields")
        .forEach(entry -> {
          if (entry instanceof ObjectNode node) {
            node.remove("time");
          }
        });
    return meta;
  }
}
