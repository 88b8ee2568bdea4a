package io.firn.simulator.api;

import java.util.List;

/// A request path below `/api/v1` or `/apis/<group>/<version>`, taken apart. Absent parts are "".
record ResourcePath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource) {

  /// Sub-paths of a namespace that are not kinds of object.
  private static final List<String> NAMESPACE_SUBRESOURCES = List.of("status", "finalize");

  /// Reads the segments after the version.
  static ResourcePath of(String group, String version, List<String> segments) {
    boolean inNamespace =
        segments.size() > 2
            && segments.getFirst().equals("namespaces")
            && !(segments.size() == 3 && NAMESPACE_SUBRESOURCES.contains(segments.get(2)));
    String namespace = inNamespace ? segments.get(1) : "";
    List<String> rest = inNamespace ? segments.subList(2, segments.size()) : segments;
    if (rest.size() > 3) {
      throw ApiFailure.noSuchPath();
    }
    return new ResourcePath(
        group, version, namespace, rest.getFirst(), part(rest, 1), part(rest, 2));
  }

  private static String part(List<String> segments, int index) {
    return index < segments.size() ? segments.get(index) : "";
  }
}
