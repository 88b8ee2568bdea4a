package io.firn.graph;

/// One resource type of the Kubernetes API: where its objects live and what they are called.
///
/// `version` is the version Firn speaks; `plural` is the path segment. Immutable.
public record ResourceKind(
    String apiGroup, String version, String kind, String plural, boolean namespaced) {

  /// `group/version`, or `version` for the core group.
  public String apiVersion() {
    return apiGroup.isEmpty() ? version : apiGroup + "/" + version;
  }
}
