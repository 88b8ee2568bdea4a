package io.firn.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the machines that a request means. An instance or VM that something else in the cluster
/// owns is backed up as what owns it, because it could not come back alone.
record RootResolver(ClusterObjects objects, ClusterLookup lookup, Findings findings) {
  static final List<ResourceKind> ROOTS =
      List.of(Kinds.VIRTUAL_MACHINE, Kinds.INSTANCE, Kinds.REPLICA_SET, Kinds.POOL);

  SequencedSet<ObjectRef> resolve(List<Selection> selections) {
    SequencedSet<ObjectRef> roots = new LinkedHashSet<>();
    for (Selection selection : selections) {
      switch (selection) {
        case Selection.Named(ObjectRef root) -> named(root).ifPresent(roots::add);
        case Selection.Labelled labelled -> roots.addAll(labelled(labelled));
        case Selection.All all -> roots.addAll(all(all));
      }
    }
    return roots;
  }

  private Optional<ObjectRef> named(ObjectRef root) {
    Optional<ResourceKind> kind =
        Stream.concat(ROOTS.stream(), PlainRoots.KINDS.stream())
            .filter(k -> k.kind().equals(root.kind()) && k.apiGroup().equals(root.apiGroup()))
            .findFirst();
    if (kind.isEmpty()) {
      findings.stop(
          FailureCode.KIND_NOT_SUPPORTED,
          root,
          root + " cannot be backed up: it is no machine",
          "Name a vm, vmi, vmirs or vmpool; or a pvc, dv, cm, secret, sa or svc by itself.");
      return Optional.empty();
    }
    Optional<String> refused = lookup.unreadable(kind.get(), root.namespace());
    if (refused.isPresent()) {
      findings.stop(
          FailureCode.CLUSTER_FORBIDDEN,
          root,
          root + " cannot be read: " + refused.get(),
          "Ask for the right to list " + kind.get().plural() + " in " + root.namespace() + ".");
      return Optional.empty();
    }
    Optional<ObjectNode> object = lookup.find(kind.get(), root);
    if (object.isEmpty()) {
      absent(kind.get(), root);
    }
    // A claim that is named is wanted, whoever owns it.
    return object.map(o -> PlainRoots.is(root) ? PlainRoots.root(root) : owner(root, o));
  }

  private void absent(ResourceKind kind, ObjectRef root) {
    if (objects.served(kind.apiGroup(), kind.kind()).isEmpty()) {
      findings.stop(
          FailureCode.KIND_NOT_SUPPORTED,
          root,
          "This cluster does not serve " + kind.plural() + "." + kind.apiGroup(),
          "Check the context: is KubeVirt installed in this cluster?");
    } else if (isAbsent(ObjectRef.of(Kinds.NAMESPACE, "", root.namespace()))) {
      findings.stop(
          FailureCode.OBJECT_NOT_FOUND,
          root,
          "The namespace " + root.namespace() + " does not exist",
          "Check -n and --context.");
    } else {
      findings.stop(
          FailureCode.OBJECT_NOT_FOUND,
          root,
          root + " does not exist",
          "See what there is: kubectl get " + kind.plural() + " -n " + root.namespace());
    }
  }

  /// Who may not look at namespaces is told of the machine alone.
  private boolean isAbsent(ObjectRef namespace) {
    try {
      return objects.get(namespace).isEmpty();
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }

  private List<ObjectRef> labelled(Selection.Labelled wanted) {
    boolean known = true;
    List<ObjectRef> roots = new ArrayList<>();
    for (ResourceKind kind : wanted.kinds()) {
      if (unlisted(kind, wanted.namespace(), kind.equals(Kinds.VIRTUAL_MACHINE))) {
        known = false;
        continue;
      }
      for (ObjectNode object : objects.list(kind, wanted.namespace(), wanted.selector())) {
        if (machines(kind)) {
          roots.add(owner(ObjectRef.of(object), object));
        } else if (PlainRoots.ofAUser(object)) {
          roots.add(PlainRoots.root(ObjectRef.of(object)));
        }
      }
    }
    if (roots.isEmpty() && known) {
      nothing(wanted.namespace(), wanted.kinds(), "with the labels " + wanted.selector());
    } else if (roots.isEmpty() && !wanted.kinds().contains(Kinds.VIRTUAL_MACHINE)) {
      unknown(wanted.namespace(), "objects");
    }
    return roots;
  }

  private List<ObjectRef> all(Selection.All wanted) {
    String namespace = wanted.namespace();
    boolean known = true;
    List<ObjectRef> roots = new ArrayList<>();
    for (ResourceKind kind : wanted.kinds()) {
      // Without the machines nothing is whole; without another kind, all but those.
      known &= !unlisted(kind, namespace, kind.equals(Kinds.VIRTUAL_MACHINE));
      for (ObjectNode object : lookup.list(kind, namespace)) {
        if (owningRoot(object).filter(this::seen).isPresent()) {
          continue;
        }
        if (machines(kind)) {
          roots.add(owner(ObjectRef.of(object), object));
        } else if (PlainRoots.ofAUser(object)) {
          roots.add(PlainRoots.root(ObjectRef.of(object)));
        }
      }
    }
    if (roots.isEmpty() && known) {
      nothing(namespace, wanted.kinds(), "of any kind");
    } else if (roots.isEmpty()) {
      unknown(namespace, "machines");
    }
    return roots;
  }

  private void unknown(String namespace, String what) {
    findings.stop(
        FailureCode.CLUSTER_FORBIDDEN,
        ObjectRef.of(Kinds.NAMESPACE, "", namespace),
        "Which " + what + " there are" + where(namespace) + " is unknown",
        "Ask for the rights that are missing: firn doctor --rights.");
  }

  /// Whether machines of that kind may not be listed; says so.
  private boolean unlisted(ResourceKind kind, String namespace, boolean stops) {
    Optional<String> refused = lookup.unreadable(kind, namespace);
    if (refused.isEmpty()) {
      return false;
    }
    ObjectRef about = ObjectRef.of(Kinds.NAMESPACE, "", namespace);
    String what = "Which " + kind.plural() + " there are" + where(namespace) + " is unknown: ";
    String next = "Ask for the right to list " + kind.plural() + where(namespace) + ".";
    if (stops) {
      findings.stop(FailureCode.CLUSTER_FORBIDDEN, about, what + refused.get(), next);
    } else {
      findings.warn(about, what + refused.get() + " None of them is backed up.", next);
    }
    return true;
  }

  private static String where(String namespace) {
    return namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace;
  }

  private static boolean machines(ResourceKind kind) {
    return ROOTS.contains(kind);
  }

  private void nothing(String namespace, List<ResourceKind> kinds, String which) {
    boolean onlyMachines = ROOTS.containsAll(kinds);
    String plurals = kinds.stream().map(ResourceKind::plural).collect(Collectors.joining(","));
    findings.stop(
        FailureCode.OBJECT_NOT_FOUND,
        ObjectRef.of(Kinds.NAMESPACE, "", namespace),
        "There is no "
            + (onlyMachines ? "machine " : "object ")
            + which
            + (namespace.isEmpty() ? " in any namespace" : " in namespace " + namespace),
        "See what there is: kubectl get "
            + (onlyMachines ? "vm" : plurals)
            + (namespace.isEmpty() ? " -A" : " -n " + namespace));
  }

  private ObjectRef owner(ObjectRef root, ObjectNode object) {
    Optional<ObjectRef> owner = owningRoot(object);
    if (owner.isEmpty()) {
      return root;
    }
    Optional<String> unseen = Kinds.of(owner.get()).flatMap(k -> lookup.unknown(k, owner.get()));
    if (unseen.isPresent()) {
      findings.warn(
          root,
          root
              + " belongs to "
              + owner.get()
              + ", which may not be read, and is backed up alone: "
              + unseen.get(),
          "Ask for the right to read it, or name what it belongs to.");
      return root;
    }
    findings.note(root, root + " belongs to " + owner.get() + ", which is backed up in its place");
    ResourceKind kind = Kinds.of(owner.get()).orElseThrow();
    return lookup.find(kind, owner.get()).map(o -> owner(owner.get(), o)).orElse(owner.get());
  }

  /// The machine, replica set or pool in the cluster that controls the object.
  private Optional<ObjectRef> owningRoot(ObjectNode object) {
    String namespace = object.at("/metadata/namespace").asText();
    return controller(object)
        .flatMap(owner ->
            ROOTS.stream()
                .filter(kind -> kind.kind().equals(owner.path("kind").asText()))
                .map(kind -> ObjectRef.of(kind, namespace, owner.path("name").asText()))
                .filter(this::known)
                .findFirst());
  }

  /// Whether it is there, or may be: what cannot be looked at is not taken for gone.
  private boolean known(ObjectRef ref) {
    return Kinds.of(ref)
        .filter(kind -> lookup.find(kind, ref).isPresent() || lookup.unknown(kind, ref).isPresent())
        .isPresent();
  }

  private boolean seen(ObjectRef ref) {
    return Kinds.of(ref).flatMap(kind -> lookup.find(kind, ref)).isPresent();
  }

  static Optional<JsonNode> controller(ObjectNode object) {
    for (JsonNode owner : object.at("/metadata/ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }
}
