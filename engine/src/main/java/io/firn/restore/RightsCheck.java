package io.firn.restore;

import io.firn.cluster.rights.Feature;
import io.firn.cluster.rights.Grant;
import io.firn.cluster.rights.Grants;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.run.AskedRights;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks the target cluster for every right that a plan needs, before anything is touched and all at
/// once. For one plan.
final class RightsCheck {
  private static final String GUESS =
      "Have the role applied that is printed here, or one of Firn's" + " own bound (docs/rbac.md).";

  private final AskedRights asked;
  private final PlanNotes notes;
  private final Map<String, Set<Right>> needed = new LinkedHashMap<>();
  private final Map<String, Set<Right>> missing = new LinkedHashMap<>();

  RightsCheck(AskedRights asked, PlanNotes notes) {
    this.asked = asked;
    this.notes = notes;
  }

  /// Asks, and stops the plan where something is missing that it cannot do without.
  MissingRights check(
      List<RestoreAction> actions, String targetNamespace, boolean createNamespace) {
    if (createNamespace) {
      need(targetNamespace, Right.of("create", Kinds.NAMESPACE));
    }
    actions.forEach(this::need);
    if (actions.stream().anyMatch(action -> !(action instanceof RestoreAction.Skip))) {
      need(targetNamespace, Kinds.CONFIG_MAP, "create get delete");
    }
    needed.forEach((namespace, rights) -> {
      Set<Right> wanted = new LinkedHashSet<>(rights);
      if (namespace.equals(targetNamespace)) {
        wanted.addAll(useful());
      }
      Set<Right> lacked = asked.missing(namespace, wanted);
      missing.put(namespace, lacked);
      report(namespace, lacked, rights);
    });
    return asked.named(missing);
  }

  /// Whether an object of that sort may be made there, as far as was asked.
  boolean mayCreate(ObjectRef ref) {
    return Kinds.of(ref)
        .map(kind -> Right.of("create", kind))
        .filter(right -> missing.values().stream().anyMatch(lacked -> lacked.contains(right)))
        .isEmpty();
  }

  private void report(String namespace, Set<Right> lacked, Set<Right> rights) {
    Set<Right> stopping = new LinkedHashSet<>(rights);
    stopping.retainAll(lacked);
    if (!stopping.isEmpty()) {
      notes.stop(
          FailureCode.CLUSTER_FORBIDDEN,
          ObjectRef.of(Kinds.NAMESPACE, "", namespace),
          "this user may not " + MissingRights.text(stopping) + " in namespace " + namespace,
          GUESS);
    }
  }

  private void need(RestoreAction action) {
    ObjectRef ref = action.target();
    ResourceKind kind = Kinds.of(ref).orElseThrow();
    switch (action) {
      case RestoreAction.Create _ -> {
        need(ref.namespace(), kind, "get create patch");
        awaited(ref, kind);
      }
      case RestoreAction.Populate _ -> {
        need(ref.namespace(), kind, "get list create patch");
        movers(ref.namespace());
      }
      case RestoreAction.Adopt _ -> {
        need(ref.namespace(), kind, "get patch");
        awaited(ref, kind);
      }
      case RestoreAction.Remove _ -> {
        need(ref.namespace(), kind, "get list delete");
        if (kind.equals(Kinds.VIRTUAL_MACHINE)) {
          need(ref.namespace(), kind, "patch");
          need(ref.namespace(), Kinds.INSTANCE, "get list");
        }
      }
      case RestoreAction.Conflict _ -> need(ref.namespace(), kind, "get");
      case RestoreAction.Skip _ -> {}
    }
  }

  /// What a restore waits for it looks at again and again.
  private void awaited(ObjectRef ref, ResourceKind kind) {
    if (kind.equals(Kinds.DATA_VOLUME)) {
      need(ref.namespace(), kind, "list");
      need(ref.namespace(), Kinds.CLAIM, "get list");
    } else if (kind.equals(Kinds.VIRTUAL_MACHINE)) {
      need(ref.namespace(), kind, "list");
      need(ref.namespace(), Kinds.INSTANCE, "get list");
      need(ref.namespace(), Kinds.CLAIM, "get list");
    } else if (kind.equals(Kinds.INSTANCE) || kind.equals(Kinds.REPLICA_SET)) {
      need(ref.namespace(), kind, "list");
    }
  }

  private void movers(String namespace) {
    need(namespace, Kinds.SECRET, "create delete");
    need(namespace, Kinds.JOB, "create get list delete");
    need(namespace, Kinds.POD, "list");
    need(namespace, Right.of("get", Kinds.POD, "log"));
  }

  private static Set<Right> useful() {
    Set<Right> useful = new LinkedHashSet<>();
    for (Grant grant : Grants.of(Feature.RESTORE)) {
      if (!grant.needs().contains(Feature.RESTORE)) {
        useful.add(grant.right());
      }
    }
    return useful;
  }

  private void need(String namespace, ResourceKind kind, String verbs) {
    for (String verb : verbs.split(" ", -1)) {
      need(namespace, Right.of(verb, kind));
    }
  }

  private void need(String namespace, Right right) {
    needed.computeIfAbsent(namespace, _ -> new LinkedHashSet<>()).add(right);
  }
}
