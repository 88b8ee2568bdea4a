package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// What the server serves at this moment: built-in kinds, and those that CRDs add.
///
/// Thread-safe.
final class Registry {
  private final Map<String, Resource> byId = new ConcurrentSkipListMap<>();

  Registry(List<Resource> builtins) {
    builtins.forEach(this::put);
  }

  void put(Resource resource) {
    byId.put(order(resource.id()), resource);
  }

  void remove(ResourceId id) {
    byId.remove(order(id));
  }

  private static String order(ResourceId id) {
    return id.group() + "/" + id.plural();
  }

  /// All resources by group and plural name.
  Collection<Resource> all() {
    return byId.values();
  }

  Optional<Resource> find(ResourceId id) {
    return Optional.ofNullable(byId.get(order(id)));
  }

  Resource require(String group, String plural) {
    return find(new ResourceId(group, plural)).orElseThrow(ApiFailure::noSuchPath);
  }

  /// The resource that an apiVersion and kind mean, as owner references write them.
  Optional<Resource> byKind(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return byId.values().stream()
        .filter(r -> r.group().equals(group) && r.kind().equals(kind))
        .findFirst();
  }

  Optional<Resource> ofOwner(JsonNode ownerReference) {
    return byKind(ownerReference.path("apiVersion").asText(), ownerReference.path("kind").asText());
  }
}
