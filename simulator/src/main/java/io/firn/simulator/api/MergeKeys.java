package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/// Which lists of the built-in types are maps in disguise, and by which key (`patchMergeKey` in
/// `k8s.io/api`), and which are sets of plain values. The field's name decides: the built-in types
/// use each name in one way, but for `ports`, which pods and services key differently.
final class MergeKeys {
  private static final Map<String, String> BY_FIELD =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("env", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("conditions", "type"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("secrets", "name"),
          Map.entry("resourceClaims", "name"),
          Map.entry("schedulingGates", "name"),
          Map.entry("podIPs", "ip"),
          Map.entry("hostIPs", "ip"),
          Map.entry("addresses", "type"),
          Map.entry("taints", "key"));
  private static final Set<String> SETS = Set.of("finalizers");

  private MergeKeys() {}

  /// The key field of a list, "" where the list is replaced as a whole.
  static String of(String field, JsonNode list) {
    if (field.equals("ports")) {
      return list.path(0).has("containerPort") ? "containerPort" : "port";
    }
    String key = BY_FIELD.getOrDefault(field, "");
    return Json.elements(list).allMatch(JsonNode::isObject) ? key : "";
  }

  static boolean isSet(String field) {
    return SETS.contains(field);
  }
}
