package io.firn.cluster.rights;

import static io.firn.cluster.rights.Feature.BACKUP;
import static io.firn.cluster.rights.Feature.CLEANUP;
import static io.firn.cluster.rights.Feature.COPIES;
import static io.firn.cluster.rights.Feature.FREEZE;
import static io.firn.cluster.rights.Feature.GRAPH;
import static io.firn.cluster.rights.Feature.REPLACE;
import static io.firn.cluster.rights.Feature.RESTORE;
import static io.firn.cluster.rights.Feature.SHARED;
import static io.firn.cluster.rights.GrantingRole.ADMIN;
import static io.firn.cluster.rights.GrantingRole.CLUSTER;
import static io.firn.cluster.rights.GrantingRole.MACHINES;

import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every right that Firn uses, once. Roles, documentation, what is asked before a run and what a
/// refusal says are all made of this list. Immutable.
public final class Grants {
  /// What KubeVirt serves beside its own objects.
  public static final ResourceKind GUESTS =
      new ResourceKind(
          "subresources.kubevirt.io",
          "v1",
          "VirtualMachineInstance",
          "virtualmachineinstances",
          true);

  private static final ResourceKind QUOTA =
      new ResourceKind("", "v1", "ResourceQuota", "resourcequotas", true);
  private static final Set<Feature> NOBODY = EnumSet.noneOf(Feature.class);

  private static final List<Grant> ALL = new Draft().grants();

  private Grants() {}

  public static List<Grant> all() {
    return ALL;
  }

  /// What a feature needs and uses.
  public static List<Grant> of(Feature feature) {
    return ALL.stream().filter(grant -> grant.serves(feature)).toList();
  }

  /// The role that grants a right; in all namespaces at once it is the admin's. Empty where Firn
  /// does not use it.
  public static Optional<GrantingRole> granting(
      String verb, String apiGroup, String resource, boolean inOneNamespace) {
    return ALL.stream()
        .filter(grant -> grant.right().verb().equals(verb))
        .filter(grant -> grant.right().apiGroup().equals(apiGroup))
        .filter(grant -> grant.right().resource().equals(resource))
        .map(grant -> grant.role() == MACHINES && !inOneNamespace ? ADMIN : grant.role())
        .findFirst();
  }

  /// The list in the making.
  private static final class Draft {
    private final List<Grant> grants = new ArrayList<>();

    List<Grant> grants() {
      machines();
      parts();
      whatRunsMake();
      cluster();
      admins();
      return List.copyOf(grants);
    }

    private void machines() {
      need("list", Kinds.VIRTUAL_MACHINE, GRAPH, BACKUP, RESTORE);
      need("get", Kinds.VIRTUAL_MACHINE, RESTORE, CLEANUP);
      need("create patch", Kinds.VIRTUAL_MACHINE, RESTORE);
      use("watch", Kinds.VIRTUAL_MACHINE, RESTORE);
      need("list", Kinds.INSTANCE, GRAPH, BACKUP, RESTORE, CLEANUP);
      need("get create patch", Kinds.INSTANCE, RESTORE);
      use("watch", Kinds.INSTANCE, RESTORE);
      use("list", Kinds.REPLICA_SET, GRAPH, BACKUP);
      need("get list create patch", Kinds.REPLICA_SET, RESTORE);
      use("watch", Kinds.REPLICA_SET, RESTORE);
      use("list", Kinds.POOL, GRAPH, BACKUP);
      for (ResourceKind kind :
          List.of(
              Kinds.VIRTUAL_MACHINE,
              Kinds.INSTANCE,
              Kinds.REPLICA_SET,
              Kinds.CLAIM,
              Kinds.DATA_VOLUME,
              Kinds.CONTROLLER_REVISION,
              Kinds.SECRET,
              Kinds.CONFIG_MAP,
              Kinds.SERVICE)) {
        need("delete list", kind, REPLACE);
        use("watch", kind, REPLACE);
      }
      grant(Right.of("update", GUESTS, "freeze"), MACHINES, Set.of(FREEZE), NOBODY);
      grant(Right.of("update", GUESTS, "unfreeze"), MACHINES, Set.of(FREEZE, CLEANUP), NOBODY);
    }

    /// What belongs to machines, read for graphs and points, made by restores.
    private void parts() {
      need("list", Kinds.CLAIM, GRAPH, BACKUP, RESTORE);
      need("get create patch", Kinds.CLAIM, RESTORE);
      use("watch", Kinds.CLAIM, RESTORE);
      use("list", Kinds.DATA_VOLUME, GRAPH, BACKUP);
      need("get list create patch", Kinds.DATA_VOLUME, RESTORE);
      use("watch", Kinds.DATA_VOLUME, RESTORE);
      for (ResourceKind kind :
          List.of(
              Kinds.CONTROLLER_REVISION,
              Kinds.INSTANCETYPE,
              Kinds.PREFERENCE,
              Kinds.NETWORK_ATTACHMENT,
              Kinds.SECRET,
              Kinds.CONFIG_MAP,
              Kinds.SERVICE,
              Kinds.SERVICE_ACCOUNT)) {
        use("list", kind, GRAPH, BACKUP);
        need("get create patch", kind, RESTORE);
      }
      for (ResourceKind kind : List.of(Kinds.ROLE, Kinds.ROLE_BINDING)) {
        use("list", kind, GRAPH, BACKUP);
        use("get", kind, RESTORE);
      }
      for (ResourceKind kind :
          List.of(
              Kinds.IPAM_CLAIM,
              Kinds.DATA_SOURCE,
              Kinds.DATA_IMPORT_CRON,
              Kinds.RESOURCE_CLAIM,
              Kinds.RESOURCE_CLAIM_TEMPLATE)) {
        use("list", kind, GRAPH, BACKUP);
      }
      use("get", Kinds.RESOURCE_CLAIM, RESTORE);
      use("get", Kinds.RESOURCE_CLAIM_TEMPLATE, RESTORE);
      for (ResourceKind kind :
          List.of(
              Kinds.POD,
              Kinds.DISRUPTION_BUDGET,
              Kinds.MIGRATION,
              Kinds.VM_SNAPSHOT,
              Kinds.VM_SNAPSHOT_CONTENT,
              Kinds.VM_RESTORE,
              Kinds.VM_CLONE,
              Kinds.VM_EXPORT,
              Kinds.VM_BACKUP,
              Kinds.VM_BACKUP_TRACKER,
              Kinds.VOLUME_SNAPSHOT)) {
        use("list", kind, GRAPH, BACKUP);
      }
    }

    /// Snapshots, movers, their claims and secrets, and the locks.
    private void whatRunsMake() {
      need("create get list delete", Kinds.VOLUME_SNAPSHOT, BACKUP);
      use("watch", Kinds.VOLUME_SNAPSHOT, BACKUP);
      need("create delete", Kinds.CLAIM, BACKUP);
      need("create get list delete", Kinds.JOB, BACKUP, RESTORE);
      use("watch", Kinds.JOB, BACKUP, RESTORE);
      need("create delete", Kinds.SECRET, BACKUP, RESTORE);
      need("create get list delete", Kinds.CONFIG_MAP, BACKUP, RESTORE);
      need("list", Kinds.POD, BACKUP, RESTORE);
      grant(Right.of("get", Kinds.POD, "log"), MACHINES, Set.of(BACKUP, RESTORE), NOBODY);
      use("list", Kinds.EVENT, BACKUP, RESTORE);
      use("list", QUOTA, BACKUP, RESTORE);
      // Only tried (dry-run): who may make Jobs makes their pods anyway.
      use("create", Kinds.POD, BACKUP, RESTORE);
      // To authorization, a namespace lies in itself.
      Right itself = new Right("get", "", Kinds.NAMESPACE.plural(), true, "");
      grant(itself, MACHINES, NOBODY, Set.of(BACKUP, RESTORE));
      for (ResourceKind kind :
          List.of(Kinds.JOB, Kinds.CLAIM, Kinds.VOLUME_SNAPSHOT, Kinds.SECRET, Kinds.CONFIG_MAP)) {
        need("list delete", kind, CLEANUP);
      }
    }

    private void cluster() {
      for (ResourceKind kind :
          List.of(
              Kinds.STORAGE_CLASS,
              Kinds.STORAGE_PROFILE,
              Kinds.VOLUME_SNAPSHOT_CLASS,
              Kinds.VOLUME_SNAPSHOT_CONTENT)) {
        use("list", kind, CLUSTER, GRAPH, BACKUP);
        use("get", kind, CLUSTER, BACKUP);
      }
      use("get", Kinds.STORAGE_CLASS, CLUSTER, RESTORE);
      use("list", Kinds.VOLUME, CLUSTER, GRAPH, BACKUP);
      for (ResourceKind kind :
          List.of(Kinds.PRIORITY_CLASS, Kinds.CLUSTER_INSTANCETYPE, Kinds.CLUSTER_PREFERENCE)) {
        use("list", kind, CLUSTER, GRAPH, BACKUP);
        use("get", kind, CLUSTER, RESTORE);
      }
      Right identity = new Right("get", "", Kinds.NAMESPACE.plural(), false, "kube-system");
      grant(identity, CLUSTER, NOBODY, Set.of(BACKUP));
    }

    private void admins() {
      need("create", Kinds.NAMESPACE, ADMIN, COPIES);
      for (ResourceKind kind :
          List.of(
              Kinds.PRIORITY_CLASS,
              Kinds.CLUSTER_INSTANCETYPE,
              Kinds.CLUSTER_PREFERENCE,
              Kinds.ROLE,
              Kinds.ROLE_BINDING)) {
        need("create patch", kind, ADMIN, SHARED);
      }
    }

    private void need(String verbs, ResourceKind kind, Feature... features) {
      need(verbs, kind, MACHINES, features);
    }

    private void need(String verbs, ResourceKind kind, GrantingRole role, Feature... features) {
      for (String verb : verbs.split(" ", -1)) {
        grant(Right.of(verb, kind), role, Set.of(features), NOBODY);
      }
    }

    private void use(String verbs, ResourceKind kind, Feature... features) {
      use(verbs, kind, MACHINES, features);
    }

    private void use(String verbs, ResourceKind kind, GrantingRole role, Feature... features) {
      for (String verb : verbs.split(" ", -1)) {
        grant(Right.of(verb, kind), role, NOBODY, Set.of(features));
      }
    }

    /// Adds a right, or what a right that is there already serves besides.
    private void grant(Right right, GrantingRole role, Set<Feature> needs, Set<Feature> uses) {
      for (int i = 0; i < grants.size(); i++) {
        Grant known = grants.get(i);
        if (known.right().equals(right) && known.role() == role) {
          grants.set(
              i, new Grant(right, role, union(known.needs(), needs), union(known.uses(), uses)));
          return;
        }
      }
      grants.add(new Grant(right, role, needs, uses));
    }

    private static Set<Feature> union(Set<Feature> one, Set<Feature> other) {
      Set<Feature> both = EnumSet.noneOf(Feature.class);
      both.addAll(one);
      both.addAll(other);
      return both;
    }
  }
}
