package io.firn.graph;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/// The name of one object in a cluster. `apiGroup` is "" for the core group, `namespace` is "" for
/// cluster-scoped objects, as KubeVirt's own object graph prints them.
///
/// Immutable. Ordered by namespace, group, kind, name.
public record ObjectRef(String apiGroup, String kind, String namespace, String name)
    implements Comparable<ObjectRef> {
  private static final Comparator<ObjectRef> ORDER =
      Comparator.comparing(ObjectRef::namespace)
          .thenComparing(ObjectRef::apiGroup)
          .thenComparing(ObjectRef::kind)
          .thenComparing(ObjectRef::name);

  public ObjectRef {
    requireNonNull(apiGroup, "apiGroup is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(name, "name is null");
  }

  /// The reference of an object of a known kind.
  public static ObjectRef of(ResourceKind kind, String namespace, String name) {
    return new ObjectRef(kind.apiGroup(), kind.kind(), kind.namespaced() ? namespace : "", name);
  }

  /// The reference of an object as the API server returned it (`apiVersion`, `kind`, `metadata`).
  public static ObjectRef of(JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    int slash = apiVersion.indexOf('/');
    return new ObjectRef(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        object.path("kind").asText(),
        object.path("metadata").path("namespace").asText(""),
        object.path("metadata").path("name").asText());
  }

  @Override
  public int compareTo(ObjectRef other) {
    return ORDER.compare(this, other);
  }

  /// `Kind namespace/name`, the form that messages use.
  @Override
  public String toString() {
    return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
  }
}
