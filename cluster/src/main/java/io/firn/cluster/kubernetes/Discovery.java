package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the server serves. Found kinds are remembered; absent ones are asked for again, since a CRD
/// may be installed any time.
///
/// Thread-safe.
final class Discovery {
  private final Api api;
  private final Map<String, List<ResourceKind>> byVersion = new ConcurrentHashMap<>();

  Discovery(Api api) {
    this.api = api;
  }

  /// The kind in the server's preferred version that has it.
  Optional<ResourceKind> preferred(String apiGroup, String kind) {
    for (String version : versions(apiGroup)) {
      Optional<ResourceKind> found = in(apiGroup, version, kind);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The kind in exactly that version.
  Optional<ResourceKind> in(String apiGroup, String version, String kind) {
    String path = apiGroup.isEmpty() ? "/api/" + version : "/apis/" + apiGroup + "/" + version;
    return find(byVersion.getOrDefault(path, List.of()), kind)
        .or(() -> find(resources(path, apiGroup, version), kind));
  }

  private static Optional<ResourceKind> find(List<ResourceKind> kinds, String kind) {
    return kinds.stream().filter(k -> k.kind().equals(kind)).findFirst();
  }

  /// The kind in the version that Firn speaks, else in the preferred one.
  Optional<ResourceKind> spoken(String apiGroup, String kind) {
    Optional<String> known =
        Kinds.all().stream()
            .filter(k -> k.apiGroup().equals(apiGroup) && k.kind().equals(kind))
            .map(ResourceKind::version)
            .findFirst();
    return known
        .flatMap(version -> in(apiGroup, version, kind))
        .or(() -> preferred(apiGroup, kind));
  }

  /// All namespaced kinds that can be listed, each in its group's preferred version.
  List<ResourceKind> namespaced() {
    List<ResourceKind> found = new ArrayList<>(listable("/api/v1", "", "v1"));
    ObjectNode groups = api.object(ApiRequest.get("/apis"), discover("*"));
    for (JsonNode group : groups.path("groups")) {
      String name = group.path("name").asText();
      String version = group.path("preferredVersion").path("version").asText();
      found.addAll(listable("/apis/" + name + "/" + version, name, version));
    }
    return found;
  }

  private List<ResourceKind> listable(String path, String apiGroup, String version) {
    ObjectNode list = api.object(ApiRequest.get(path), discover(apiGroup));
    List<ResourceKind> found = new ArrayList<>();
    for (JsonNode r : list.path("resources")) {
      boolean listed = false;
      for (JsonNode verb : r.path("verbs")) {
        listed |= verb.asText().equals("list");
      }
      if (listed && r.path("namespaced").asBoolean() && !r.path("name").asText().contains("/")) {
        found.add(kind(apiGroup, version, r));
      }
    }
    return found;
  }

  private static ResourceKind kind(String apiGroup, String version, JsonNode resource) {
    return new ResourceKind(
        apiGroup,
        version,
        resource.path("kind").asText(),
        resource.path("name").asText(),
        resource.path("namespaced").asBoolean());
  }

  private List<String> versions(String apiGroup) {
    if (apiGroup.isEmpty()) {
      return List.of("v1");
    }
    Optional<ObjectNode> group = api.find(ApiRequest.get("/apis/" + apiGroup), discover(apiGroup));
    if (group.isEmpty()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    String first = group.get().path("preferredVersion").path("version").asText("");
    if (!first.isEmpty()) {
      found.add(first);
    }
    for (JsonNode version : group.get().path("versions")) {
      if (!found.contains(version.path("version").asText())) {
        found.add(version.path("version").asText());
      }
    }
    return found;
  }

  private List<ResourceKind> resources(String path, String apiGroup, String version) {
    Optional<ObjectNode> list = api.find(ApiRequest.get(path), discover(apiGroup));
    if (list.isEmpty()) {
      return List.of();
    }
    List<ResourceKind> found = new ArrayList<>();
    for (JsonNode r : list.get().path("resources")) {
      if (!r.path("name").asText().contains("/")) {
        found.add(kind(apiGroup, version, r));
      }
    }
    byVersion.put(path, List.copyOf(found));
    return found;
  }

  private static Operation discover(String apiGroup) {
    return new Operation("get", "apigroups", apiGroup, "", "API group \"" + apiGroup + "\"");
  }
}
