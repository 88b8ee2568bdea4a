package io.firn.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/// Lays one PodTemplate over another, as the API server's strategic merge does: objects field by
/// field, lists of named things element by element, other lists as a whole; null takes a field
/// away. Stateless.
public final class PodTemplateMerge {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("env", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("resourceClaims", "name"),
          Map.entry("schedulingGates", "name"),
          Map.entry("ports", "containerPort"));

  private PodTemplateMerge() {}

  /// A new template: `base`, with what `overlay` says.
  public static ObjectNode merge(ObjectNode base, ObjectNode overlay) {
    ObjectNode merged = base.deepCopy();
    into(merged, overlay);
    return merged;
  }

  private static void into(ObjectNode target, ObjectNode overlay) {
    for (var field : overlay.properties()) {
      String name = field.getKey();
      JsonNode present = target.path(name);
      switch (field.getValue()) {
        case ObjectNode change when present instanceof ObjectNode object -> into(object, change);
        case ObjectNode change -> into(target.putObject(name), change);
        case ArrayNode change
            when present instanceof ArrayNode list && key(name, change).isPresent() ->
            byKey(list, key(name, change).get(), change);
        case JsonNode change when change.isNull() -> target.remove(name);
        case JsonNode change -> target.set(name, change.deepCopy());
      }
    }
  }

  private static void byKey(ArrayNode target, String key, ArrayNode overlay) {
    for (JsonNode change : overlay) {
      Optional<ObjectNode> present = find(target, key, change.path(key));
      into(present.orElseGet(target::addObject), (ObjectNode) change);
    }
  }

  private static Optional<ObjectNode> find(ArrayNode list, String key, JsonNode value) {
    for (JsonNode element : list) {
      if (element instanceof ObjectNode object && object.path(key).equals(value)) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  /// By which field the elements of a list are told apart; none where it is replaced.
  private static Optional<String> key(String list, ArrayNode elements) {
    return Optional.ofNullable(KEYS.get(list))
        .filter(key -> {
          for (JsonNode element : elements) {
            if (!element.has(key)) {
              return false;
            }
          }
          return true;
        });
  }
}
