package io.firn.simulator.api;

/// What a request is about: an object, or with an empty name a collection, in one served version.
record Target(
    Resource resource,
    Resource.Version version,
    String namespace,
    String name,
    String subresource) {

  ObjectKey key() {
    return new ObjectKey(resource.id(), namespace, name);
  }

  String apiVersion() {
    return resource.apiVersion(version.name());
  }

  Target named(String other) {
    return new Target(resource, version, namespace, other, subresource);
  }

  Target sub(String other) {
    return new Target(resource, version, namespace, name, other);
  }

  /// An object of a resource in its storage version, as the server itself addresses it.
  static Target stored(Resource resource, String namespace, String name) {
    Resource.Version version =
        resource.version(resource.storageVersion()).orElse(resource.versions().getFirst());
    return new Target(resource, version, namespace, name, "");
  }
}
