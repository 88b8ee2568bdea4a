package io.firn.cluster.kubernetes;

import io.firn.graph.ResourceKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Paths of resources below the server's address.
final class ResourcePath {
  private ResourcePath() {}

  static String collection(ResourceKind kind, String namespace) {
    String root =
        kind.apiGroup().isEmpty()
            ? "/api/" + kind.version()
            : "/apis/" + kind.apiGroup() + "/" + kind.version();
    String scope = kind.namespaced() && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
    return root + scope + "/" + kind.plural();
  }

  static String item(ResourceKind kind, String namespace, String name) {
    return collection(kind, namespace) + "/" + encode(name);
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
