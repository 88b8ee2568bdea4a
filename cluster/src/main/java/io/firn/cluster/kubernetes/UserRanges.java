package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which namespaces give their pods a user and group out of a range of their own, as OpenShift's
/// do: there a pod that asks for a fixed one is refused.
///
/// Thread-safe; a namespace is looked at once.
final class UserRanges {
  private static final String RANGE = "openshift.io/sa.scc.uid-range";

  private final ClusterObjects objects;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  UserRanges(ClusterObjects objects) {
    this.objects = objects;
  }

  boolean assign(String namespace) {
    return known.computeIfAbsent(namespace, this::look);
  }

  private boolean look(String namespace) {
    try {
      Optional<ObjectNode> found = objects.get(ObjectRef.of(Kinds.NAMESPACE, "", namespace));
      return found.filter(ns -> ns.path("metadata").path("annotations").has(RANGE)).isPresent();
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.FORBIDDEN) {
        throw e;
      }
      // Whoever may not look at a namespace may ask which APIs there are: OpenShift gives every
      // namespace of its users a range.
      return objects.served("security.openshift.io", "SecurityContextConstraints").isPresent();
    }
  }
}
