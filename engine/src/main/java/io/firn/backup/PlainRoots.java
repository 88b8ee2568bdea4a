package io.firn.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.run.RunMarks;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be backed up without a machine: a claim with its data (and the DataVolume that made
/// it), and objects that have nothing but a definition. Stateless.
public final class PlainRoots {
  public static final List<ResourceKind> KINDS =
      List.of(
          Kinds.CLAIM,
          Kinds.DATA_VOLUME,
          Kinds.CONFIG_MAP,
          Kinds.SECRET,
          Kinds.SERVICE_ACCOUNT,
          Kinds.SERVICE,
          Kinds.INSTANCETYPE,
          Kinds.PREFERENCE,
          Kinds.NETWORK_ATTACHMENT);

  /// Published into every namespace by the cluster itself.
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "ConfigMap/kube-root-ca.crt",
          "ConfigMap/openshift-service-ca.crt",
          "ServiceAccount/default");

  private static final Set<String> OF_A_CONTROLLER =
      Set.of(
          "kubernetes.io/service-account-token",
          "kubernetes.io/dockercfg",
          "bootstrap.kubernetes.io/token");

  private PlainRoots() {}

  public static boolean is(ObjectRef ref) {
    return KINDS.stream()
        .anyMatch(k -> k.kind().equals(ref.kind()) && k.apiGroup().equals(ref.apiGroup()));
  }

  static boolean isClaim(ObjectRef ref) {
    return ref.kind().equals(Kinds.CLAIM.kind());
  }

  /// Whether a rule that takes all objects of a kind takes this one: not what the cluster, a
  /// controller or Firn itself has made.
  static boolean ofAUser(ObjectNode object) {
    ObjectRef ref = ObjectRef.of(object);
    boolean temporary =
        !RunMarks.run(object).isEmpty()
            || OF_THE_CLUSTER.contains(ref.kind() + "/" + ref.name())
            || OF_A_CONTROLLER.contains(object.path("type").asText());
    return !temporary && madeBy(object).map(kind -> kind.equals("DataVolume")).orElse(true);
  }

  /// A DataVolume stands for its claim, which has the data.
  static ObjectRef root(ObjectRef ref) {
    return ref.kind().equals(Kinds.DATA_VOLUME.kind())
        ? ObjectRef.of(Kinds.CLAIM, ref.namespace(), ref.name())
        : ref;
  }

  private static Optional<String> madeBy(ObjectNode object) {
    return RootResolver.controller(object).map((JsonNode owner) -> owner.path("kind").asText());
  }
}
