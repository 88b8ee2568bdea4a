package io.firn.simulator.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A kind of object and where the API server serves it. `group` is "" for the core group.
public record ResourceType(
    String group, String version, String plural, String kind, boolean namespaced) {

  public static ResourceType namespaced(String group, String version, String plural, String kind) {
    return new ResourceType(group, version, plural, kind, true);
  }

  public static ResourceType cluster(String group, String version, String plural, String kind) {
    return new ResourceType(group, version, plural, kind, false);
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// `plural.group`, as messages name a resource.
  public String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// The path of the collection; namespace "" for all.
  public String path(String namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return namespace.isEmpty() || !namespaced
        ? root + "/" + plural
        : root + "/namespaces/" + namespace + "/" + plural;
  }

  /// A new object of this kind with its type and place.
  public ObjectNode newObject(String namespace, String name) {
    ObjectNode object = Fields.newObject();
    object.put("apiVersion", apiVersion()).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata");
    if (!name.isEmpty()) {
      metadata.put("name", name);
    }
    if (namespaced) {
      metadata.put("namespace", namespace);
    }
    return object;
  }
}
