package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.run.RestoreMarks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is in the target cluster now, each object asked for once. What may not be looked at is
/// remembered: it is neither there nor absent, but unseen.
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
  private final Map<ObjectRef, String> unseen = new HashMap<>();

  TargetCluster(ClusterObjects objects, String namespace, String mark) {
    this.objects = objects;
    this.namespace = namespace;
    this.mark = mark;
  }

  String namespace() {
    return namespace;
  }

  /// Who may not look at namespaces can still have rights in one: it is taken to be there, and the
  /// dry-run tells otherwise.
  boolean namespaceExists() {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", namespace);
    return get(ref).isPresent() || unseen(ref).isPresent();
  }

  /// The object; empty where it is not there, or unseen.
  Optional<ObjectNode> get(ObjectRef ref) {
    return seen.computeIfAbsent(ref, this::read);
  }

  /// Why it is unknown whether the object is there; empty where that is known.
  Optional<String> unseen(ObjectRef ref) {
    get(ref);
    return Optional.ofNullable(unseen.get(ref));
  }

  private Optional<ObjectNode> read(ObjectRef ref) {
    try {
      return objects.get(ref);
    } catch (ClusterException e) {
      unseen.put(ref, refusal(e));
      return Optional.empty();
    }
  }

  /// What a refusal says; anything else is thrown.
  private static String refusal(ClusterException e) {
    if (e.code() != ClusterException.Code.FORBIDDEN) {
      throw e;
    }
    return String.valueOf(e.getMessage());
  }

  boolean has(ResourceKind kind, String name) {
    return get(ObjectRef.of(kind, namespace, name)).isPresent();
  }

  /// The namespace's objects of a kind that have the labels.
  Listed list(ResourceKind kind, String labelSelector) {
    return list(kind, namespace, labelSelector);
  }

  /// All objects of a kind in the cluster.
  Listed everywhere(ResourceKind kind) {
    return list(kind, "", "");
  }

  private Listed list(ResourceKind kind, String where, String labelSelector) {
    try {
      return new Listed.Known(objects.list(kind, where, labelSelector));
    } catch (ClusterException e) {
      return new Listed.Unknown(refusal(e));
    }
  }

  /// A list, or why this user may not read it.
  sealed interface Listed {
    record Known(List<ObjectNode> objects) implements Listed {}

    record Unknown(String why) implements Listed {}
  }

  /// Whether an object was made by this restore, in an earlier run.
  boolean ours(ObjectNode object) {
    return annotation(object, RestoreMarks.RESTORE).equals(mark);
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
