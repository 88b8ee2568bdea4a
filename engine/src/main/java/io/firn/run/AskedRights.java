package io.firn.run;

import io.firn.cluster.Cluster;
import io.firn.cluster.rights.Grant;
import io.firn.cluster.rights.Grants;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks a cluster for rights, all at once, and forgets those to things that the cluster does not
/// have: nobody can be given a right to what is not there. For one thread.
public final class AskedRights {
  private static final Set<String> BUILT_IN =
      Set.of(
          "",
          "apps",
          "batch",
          "policy",
          "rbac.authorization.k8s.io",
          "storage.k8s.io",
          "scheduling.k8s.io");

  private final Cluster cluster;
  private final Map<String, Boolean> served = new HashMap<>();

  public AskedRights(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Those of the rights that this user lacks in the namespace ("" for all namespaces).
  public Set<Right> missing(String namespace, Collection<Right> rights) {
    Set<Right> missing = new LinkedHashSet<>();
    for (Right right : cluster.access().missing(namespace, rights)) {
      if (served.computeIfAbsent(right.apiGroup() + "/" + right.resource(), _ -> isServed(right))) {
        missing.add(right);
      }
    }
    return missing;
  }

  /// With the user's name, to be printed.
  public MissingRights named(Map<String, Set<Right>> missing) {
    boolean nothing = missing.values().stream().allMatch(Set::isEmpty);
    return nothing ? MissingRights.NONE : new MissingRights(missing, cluster.access().user());
  }

  public static Set<Right> rights(Collection<Grant> grants) {
    Set<Right> rights = new LinkedHashSet<>();
    grants.forEach(grant -> rights.add(grant.right()));
    return rights;
  }

  /// Built-in kinds always are, and what KubeVirt serves besides is there where instances are.
  private boolean isServed(Right right) {
    String group = right.apiGroup();
    if (BUILT_IN.contains(group)) {
      return true;
    }
    if (group.equals(Grants.GUESTS.apiGroup())) {
      return cluster.objects().served(Kinds.INSTANCE.apiGroup(), Kinds.INSTANCE.kind()).isPresent();
    }
    Optional<ResourceKind> kind =
        Kinds.all().stream()
            .filter(k -> k.apiGroup().equals(group) && k.plural().equals(right.resource()))
            .findFirst();
    return kind.flatMap(k -> cluster.objects().served(group, k.kind())).isPresent();
  }
}
