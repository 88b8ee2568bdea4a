package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether an object that exists says the same as the one to be restored. Metadata and status do
/// not count, and what the server adds by default does not either.
final class SameContent {
  private static final Set<String> NO_CONTENT =
      Set.of("apiVersion", "kind", "metadata", "status", "secrets");

  private SameContent() {}

  static boolean of(ObjectNode existing, ObjectNode wanted) {
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      if (!NO_CONTENT.contains(field.getKey())
          && !covers(existing.path(field.getKey()), field.getValue())) {
        return false;
      }
    }
    // A Secret or ConfigMap with more keys than captured is another one.
    return sameKeys(existing, wanted, "data") && sameKeys(existing, wanted, "binaryData");
  }

  /// The same of a machine, which may run while the one to be restored is made halted.
  static boolean runningOf(ObjectNode existing, ObjectNode wanted) {
    ObjectNode still = wanted.deepCopy();
    if (still.get("spec") instanceof ObjectNode spec) {
      spec.remove(List.of("runStrategy", "running"));
    }
    return of(existing, still);
  }

  private static boolean sameKeys(ObjectNode existing, ObjectNode wanted, String field) {
    return existing.path(field).size() == wanted.path(field).size();
  }

  private static boolean covers(JsonNode existing, JsonNode wanted) {
    if (wanted.isObject()) {
      for (Map.Entry<String, JsonNode> field : wanted.properties()) {
        if (!covers(existing.path(field.getKey()), field.getValue())) {
          return false;
        }
      }
      return true;
    }
    if (wanted.isArray()) {
      if (existing.size() != wanted.size()) {
        return false;
      }
      for (int i = 0; i < wanted.size(); i++) {
        if (!covers(existing.path(i), wanted.path(i))) {
          return false;
        }
      }
      return true;
    }
    return wanted.isNull() ? !existing.isContainerNode() : wanted.equals(existing);
  }
}
