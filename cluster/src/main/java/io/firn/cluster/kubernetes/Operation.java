package io.firn.cluster.kubernetes;

/// What was being done to what: the words of messages about it. `verb` and `resource` are those of
/// RBAC, `object` as a person reads it.
record Operation(String verb, String resource, String apiGroup, String namespace, String object) {
  /// `virtualmachines.kubevirt.io`, as kubectl names a resource.
  String qualifiedResource() {
    return apiGroup.isEmpty() ? resource : resource + "." + apiGroup;
  }
}
