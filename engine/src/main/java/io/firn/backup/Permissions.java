package io.firn.backup;

import io.firn.cluster.rights.Feature;
import io.firn.cluster.rights.Grant;
import io.firn.cluster.rights.Grants;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.AskedRights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks the cluster beforehand whether this user may do all that a backup does, so that nobody is
/// frozen for a run that cannot end well, and so that everything that is missing is told at once.
/// For one plan.
final class Permissions {
  private final AskedRights asked;
  private final Findings findings;
  private final Map<String, Set<Right>> missing = new LinkedHashMap<>();

  Permissions(AskedRights asked, Findings findings) {
    this.asked = asked;
    this.findings = findings;
  }

  /// What plans of one namespace need, in one go; no plans where none could be made.
  void check(String namespace, List<NamespacePlan> plans) {
    boolean unknown = plans.isEmpty();
    boolean moves = unknown || plans.stream().anyMatch(plan -> !plan.volumes().isEmpty());
    boolean freezes =
        unknown
            || plans.stream()
                .flatMap(plan -> plan.machines().stream())
                .anyMatch(m -> m.quiesce() instanceof QuiescePlan.Freeze);
    List<Grant> grants = new ArrayList<>(Grants.of(Feature.BACKUP));
    grants.removeIf(grant -> !moves && isForMovers(grant.right()));
    Set<Right> needed = new LinkedHashSet<>();
    grants.stream()
        .filter(grant -> grant.needs().contains(Feature.BACKUP))
        .forEach(grant -> needed.add(grant.right()));
    if (freezes) {
      grants.addAll(Grants.of(Feature.FREEZE));
      needed.addAll(AskedRights.rights(Grants.of(Feature.FREEZE)));
    }
    Set<Right> lacked = asked.missing(namespace, AskedRights.rights(grants));
    missing.put(namespace, lacked);
    needed.retainAll(lacked);
    report(needed, namespace);
  }

  /// All that was missed, also what a backup can do without.
  MissingRights missing() {
    return asked.named(missing);
  }

  /// A machine without volumes needs its lock only.
  private static boolean isForMovers(Right right) {
    boolean changes = right.verb().equals("create") || right.verb().equals("delete");
    String resource = right.resource();
    return (changes && !resource.equals(Kinds.CONFIG_MAP.plural()))
        || resource.equals(Kinds.JOB.plural())
        || resource.startsWith(Kinds.POD.plural())
        || resource.equals(Kinds.VOLUME_SNAPSHOT.plural());
  }

  private void report(Set<Right> needed, String namespace) {
    if (!needed.isEmpty()) {
      findings.stop(
          FailureCode.CLUSTER_FORBIDDEN,
          ObjectRef.of(Kinds.NAMESPACE, "", namespace),
          "This user may not "
              + MissingRights.text(needed)
              + (namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace),
          "Have the role applied that is printed here, or one of Firn's own bound (docs/rbac.md).");
    }
  }
}
