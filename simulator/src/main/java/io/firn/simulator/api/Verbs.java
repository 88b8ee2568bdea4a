package io.firn.simulator.api;

import java.util.List;

/// Which verbs a resource and its subresources answer to.
final class Verbs {
  /// What a subresource takes and gives; `group` and `version` are "" where they are the resource's
  /// own.
  record Sub(String kind, String group, String version, List<String> verbs) {}

  private Verbs() {}

  /// Whether a resource is a question that is answered and not stored.
  static boolean isReview(Resource resource) {
    return resource.plural().endsWith("reviews")
        && (resource.group().equals("authentication.k8s.io")
            || resource.group().equals("authorization.k8s.io"));
  }

  static List<String> of(Resource resource) {
    return isReview(resource) || resource.plural().equals("bindings")
        ? List.of("create")
        : Resource.VERBS;
  }

  static Sub sub(Resource resource, String name) {
    return switch (name) {
      case "log" -> new Sub("Pod", "", "", List.of("get"));
      case "eviction" -> new Sub("Eviction", "policy", "v1", List.of("create"));
      case "binding" -> new Sub("Binding", "", "", List.of("create"));
      case "token" -> new Sub("TokenRequest", "authentication.k8s.io", "v1", List.of("create"));
      case "scale" -> new Sub("Scale", "autoscaling", "v1", List.of("get", "patch", "update"));
      case "finalize" -> new Sub(resource.kind(), "", "", List.of("update"));
      default -> new Sub(resource.kind(), "", "", List.of("get", "patch", "update"));
    };
  }
}
