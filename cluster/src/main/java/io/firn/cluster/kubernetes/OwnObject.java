package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// Tells whether an object that is there is the one that a create was about: either both carry the
/// same run or restore mark, or everything that was sent is there as sent.
final class OwnObject {
  private OwnObject() {}

  static boolean same(JsonNode sent, JsonNode found) {
    return sameMark(sent, found, "labels", "firn.io/run")
        || sameMark(sent, found, "annotations", "firn.io/restore")
        || contains(found, sent);
  }

  private static boolean sameMark(JsonNode sent, JsonNode found, String field, String key) {
    String mark = sent.path("metadata").path(field).path(key).asText("");
    return !mark.isEmpty() && mark.equals(found.path("metadata").path(field).path(key).asText(""));
  }

  /// Whether `found` has all that `sent` has; the server only adds defaults.
  private static boolean contains(JsonNode found, JsonNode sent) {
    if (sent.isObject()) {
      for (Map.Entry<String, JsonNode> field : sent.properties()) {
        boolean serverOwned = field.getKey().equals("stringData");
        if (!serverOwned && !contains(found.path(field.getKey()), field.getValue())) {
          return false;
        }
      }
      return true;
    }
    if (sent.isArray()) {
      if (found.size() < sent.size()) {
        return false;
      }
      for (int i = 0; i < sent.size(); i++) {
        if (!contains(found.path(i), sent.path(i))) {
          return false;
        }
      }
      return true;
    }
    return sent.isNull() ? found.isNull() || found.isMissingNode() : sent.equals(found);
  }
}
