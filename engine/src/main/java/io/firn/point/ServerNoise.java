package io.firn.point;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What the API server keeps for itself in every object and no reader of a point needs:
/// `managedFields`, `resourceVersion`, `selfLink`. All else stays as captured, status and UIDs
/// included, since restore learns from them. Stateless.
public final class ServerNoise {
  private static final List<String> NOISE = List.of("managedFields", "resourceVersion", "selfLink");

  private ServerNoise() {}

  /// A copy of the object without it.
  public static ObjectNode without(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    if (copy.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(NOISE);
    }
    return copy;
  }
}
