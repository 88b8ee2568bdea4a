package io.firn.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A namespace that a restore makes, and removes again where nothing came of it. For one thread.
final class TargetNamespace {
  /// What every namespace has, or gets by itself.
  private static final Set<String> BY_ITSELF =
      Set.of(
          "ServiceAccount/default",
          "ServiceAccount/builder",
          "ServiceAccount/deployer",
          "ConfigMap/kube-root-ca.crt",
          "ConfigMap/openshift-service-ca.crt");

  private final ClusterObjects objects;
  private final RestorePlan plan;
  private final ObjectRef ref;
  private Optional<String> uid = Optional.empty();

  TargetNamespace(ClusterObjects objects, RestorePlan plan) {
    this.objects = objects;
    this.plan = plan;
    this.ref = ObjectRef.of(Kinds.NAMESPACE, "", plan.targetNamespace());
  }

  static ObjectNode object(String name, Map<String, String> labels) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", Kinds.NAMESPACE.kind());
    ObjectNode metadata = namespace.putObject("metadata");
    metadata.put("name", name);
    ObjectNode all = metadata.putObject("labels");
    labels.forEach(all::put);
    return namespace;
  }

  /// Makes it; false where somebody else has made it meanwhile. Not marked: who may make a
  /// namespace need not have the right to change it.
  boolean make() {
    ObjectNode namespace = object(plan.targetNamespace(), plan.namespaceLabels());
    try {
      uid = Optional.of(objects.create(namespace, false).path("metadata").path("uid").asText());
      return true;
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.ALREADY_EXISTS) {
        throw e;
      }
      return false;
    }
  }

  /// Removes it where this run made it and it is empty; what it holds where it is not, "" where
  /// there is nothing to say.
  String removeIfEmpty() {
    if (uid.isEmpty()) {
      return "";
    }
    try {
      for (ResourceKind kind : objects.namespacedKinds()) {
        Optional<ObjectRef> found =
            objects.list(kind, ref.name(), "").stream()
                .filter(object -> !isLeaving(object))
                .map(
                    object -> new ObjectRef(kind.apiGroup(), kind.kind(), ref.name(), name(object)))
                .filter(TargetNamespace::ofSomebody)
                .findFirst();
        if (found.isPresent()) {
          return found.get().toString();
        }
      }
      objects.delete(ref, Propagation.BACKGROUND, uid);
      return "";
    } catch (ClusterException e) {
      return "what cannot be looked at (" + e.getMessage() + ")";
    }
  }

  private static boolean ofSomebody(ObjectRef object) {
    return !object.kind().equals(Kinds.EVENT.kind())
        && !BY_ITSELF.contains(object.kind() + "/" + object.name())
        && !(object.kind().equals(Kinds.ROLE_BINDING.kind())
            && object.name().startsWith("system:"));
  }

  private static boolean isLeaving(ObjectNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  private static String name(ObjectNode object) {
    return object.path("metadata").path("name").asText();
  }
}
