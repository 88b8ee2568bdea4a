package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.restore.rules.RestoreMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is in the target cluster now, each object asked for once.
///
/// For one thread and one plan.
final class TargetCluster {
  /// Annotation: the machine has been given its run state; what is left is to take the marks off.
  static final String PHASE = "firn.io/restore-phase";

  static final String STARTED = "started";

  private final ClusterObjects objects;
  private final String namespace;
  private final String mark;
  private final Map<ObjectRef, Optional<ObjectNode>> seen = new HashMap<>();

  TargetCluster(ClusterObjects objects, String namespace, String mark) {
    this.objects = objects;
    this.namespace = namespace;
    this.mark = mark;
  }

  String namespace() {
    return namespace;
  }

  boolean namespaceExists() {
    return get(ObjectRef.of(Kinds.NAMESPACE, "", namespace)).isPresent();
  }

  Optional<ObjectNode> get(ObjectRef ref) {
    return seen.computeIfAbsent(ref, objects::get);
  }

  boolean has(ResourceKind kind, String name) {
    return get(ObjectRef.of(kind, namespace, name)).isPresent();
  }

  List<ObjectNode> list(ResourceKind kind, String labelSelector) {
    return objects.list(kind, namespace, labelSelector);
  }

  /// All objects of a kind in the cluster; empty where this user may not look.
  Optional<List<ObjectNode>> everywhere(ResourceKind kind) {
    try {
      return Optional.of(objects.list(kind, "", ""));
    } catch (ClusterException refused) {
      if (refused.code() == ClusterException.Code.FORBIDDEN) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /// Whether an object was made by this restore, in an earlier run.
  boolean ours(ObjectNode object) {
    return annotation(object, RestoreMark.RESTORE).equals(mark);
  }

  /// Whether an object that is no work of this restore has that name.
  boolean foreign(ObjectRef ref) {
    return get(ref).filter(object -> !ours(object)).isPresent();
  }

  /// Whether this restore, in an earlier run, came as far as to start the machine.
  boolean started(ObjectRef root) {
    return get(root)
        .filter(this::ours)
        .filter(o -> annotation(o, PHASE).equals(STARTED))
        .isPresent();
  }

  static String annotation(ObjectNode object, String key) {
    return object.path("metadata").path("annotations").path(key).asText("");
  }
}
