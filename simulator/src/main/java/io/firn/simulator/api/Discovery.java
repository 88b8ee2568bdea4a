package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is served, as clients ask for it: `/api`, `/apis`, and the resources of each version.
final class Discovery {
  private final Registry registry;
  private final Aggregation aggregation;

  Discovery(Registry registry, Aggregation aggregation) {
    this.registry = registry;
    this.aggregation = aggregation;
  }

  /// `/`.
  ObjectNode paths() {
    ObjectNode paths = Json.object();
    paths.putArray("paths").add("/api").add("/api/v1").add("/apis");
    versionsByGroup()
        .forEach((group, versions) -> {
          paths.withArray("paths").add("/apis/" + group);
          versions.forEach(v -> paths.withArray("paths").add("/apis/" + group + "/" + v));
        });
    for (String path : List.of("/healthz", "/livez", "/openapi/v3", "/readyz", "/version")) {
      paths.withArray("paths").add(path);
    }
    return paths;
  }

  /// `/api`.
  ObjectNode coreVersions(String address) {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", address);
    return versions;
  }

  /// `/apis`.
  ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    list.putArray("groups").addAll(versionsByGroup().entrySet().stream().map(this::group).toList());
    return list;
  }

  /// `/apis/<group>`.
  Optional<ObjectNode> group(String group) {
    return versionsByGroup().entrySet().stream()
        .filter(entry -> entry.getKey().equals(group))
        .findFirst()
        .map(entry -> group(entry).put("kind", "APIGroup").put("apiVersion", "v1"));
  }

  private ObjectNode group(Map.Entry<String, Set<String>> entry) {
    ObjectNode group = Json.object().put("name", entry.getKey());
    for (String version : entry.getValue()) {
      group.withArray("versions").add(version(entry.getKey(), version));
    }
    String preferred = entry.getValue().iterator().next();
    group.set("preferredVersion", version(entry.getKey(), preferred));
    return group;
  }

  private static ObjectNode version(String group, String version) {
    return Json.object().put("groupVersion", group + "/" + version).put("version", version);
  }

  /// All groups but core, with their versions, preferred first.
  Map<String, Set<String>> versionsByGroup() {
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (Resource resource : registry.all()) {
      if (!resource.group().isEmpty()) {
        resource
            .versions()
            .forEach(version ->
                groups
                    .computeIfAbsent(resource.group(), _ -> new LinkedHashSet<>())
                    .add(version.name()));
      }
    }
    groups.replaceAll((_, versions) -> VersionOrder.sorted(versions));
    aggregation
        .all()
        .forEach(api -> groups.put(api.apiGroup(), new LinkedHashSet<>(api.versions())));
    return groups;
  }

  /// The APIResourceList of a version; empty where nothing serves it.
  Optional<JsonNode> resources(String group, String version) {
    Optional<AggregatedApi> aggregated = aggregation.find(group, version);
    if (aggregated.isPresent()) {
      return Optional.of(aggregated.get().resources(version));
    }
    String groupVersion = group.isEmpty() ? version : group + "/" + version;
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", groupVersion).putArray("resources");
    for (Resource resource : registry.all()) {
      if (resource.group().equals(group)) {
        resource
            .version(version)
            .ifPresent(v -> list.withArray("resources").addAll(entries(resource, v)));
      }
    }
    return list.path("resources").isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static List<ObjectNode> entries(Resource resource, Resource.Version version) {
    ObjectNode main = entry(resource, resource.plural(), resource.kind(), Verbs.of(resource));
    main.put("singularName", resource.singular());
    if (!resource.shortNames().isEmpty()) {
      main.set("shortNames", Json.array(resource.shortNames()));
    }
    if (!resource.categories().isEmpty()) {
      main.set("categories", Json.array(resource.categories()));
    }
    List<ObjectNode> entries = new ArrayList<>(List.of(main));
    for (String sub : version.subresources()) {
      Verbs.Sub form = Verbs.sub(resource, sub);
      ObjectNode entry = entry(resource, resource.plural() + "/" + sub, form.kind(), form.verbs());
      if (!form.group().isEmpty()) {
        entry.put("group", form.group()).put("version", form.version());
      }
      entries.add(entry);
    }
    return entries;
  }

  private static ObjectNode entry(Resource resource, String name, String kind, List<String> verbs) {
    ObjectNode entry =
        Json.object()
            .put("name", name)
            .put("singularName", "")
            .put("namespaced", resource.namespaced())
            .put("kind", kind);
    entry.set("verbs", Json.array(verbs));
    return entry;
  }
}
