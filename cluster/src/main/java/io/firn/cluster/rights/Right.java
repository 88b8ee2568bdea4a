package io.firn.cluster.rights;

import io.firn.graph.ResourceKind;

/// One verb on one resource, as RBAC names them: `resource` is the plural, with its subresource
/// (`pods/log`). `name` limits it to one object, "" for all. Immutable.
public record Right(
    String verb, String apiGroup, String resource, boolean namespaced, String name) {

  public static Right of(String verb, ResourceKind kind) {
    return new Right(verb, kind.apiGroup(), kind.plural(), kind.namespaced(), "");
  }

  public static Right of(String verb, ResourceKind kind, String subresource) {
    return new Right(
        verb, kind.apiGroup(), kind.plural() + "/" + subresource, kind.namespaced(), "");
  }

  /// `jobs.batch`, as kubectl names a resource.
  public String qualifiedResource() {
    return apiGroup.isEmpty() ? resource : resource + "." + apiGroup;
  }

  /// `create jobs.batch`.
  public String text() {
    return verb + " " + qualifiedResource();
  }
}
