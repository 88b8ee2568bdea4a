package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ClaimUse;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The machines below the roots: a VM or instance is one itself, a pool has its VMs, a replica set
/// its instances.
record Machines(ClusterLookup lookup) {

  /// A machine, what it belongs to, and the object that defines it.
  record Machine(ObjectRef ref, ObjectRef root, ObjectNode object) {
    boolean isInstance() {
      return ref.kind().equals(Kinds.INSTANCE.kind());
    }

    String uid() {
      return object.at("/metadata/uid").asText();
    }

    ObjectRef instance() {
      return ObjectRef.of(Kinds.INSTANCE, ref.namespace(), ref.name());
    }

    /// The machine's claims. What a replica set's template names, all its instances use.
    List<ClaimUse> claims(ObjectGraph graph) {
      return graph.claims().stream()
          .filter(use -> use.machine().equals(ref) || use.machine().equals(root))
          .toList();
    }
  }

  List<Machine> of(Iterable<ObjectRef> roots) {
    SequencedMap<ObjectRef, Machine> machines = new LinkedHashMap<>();
    for (ObjectRef root : roots) {
      ResourceKind kind = Kinds.of(root).orElseThrow();
      lookup.find(kind, root).ifPresent(object -> add(root, object, machines));
    }
    return List.copyOf(machines.values());
  }

  private void add(ObjectRef root, ObjectNode object, SequencedMap<ObjectRef, Machine> machines) {
    if (root.kind().equals(Kinds.REPLICA_SET.kind())) {
      addOwned(root, object, Kinds.INSTANCE, machines);
    } else if (root.kind().equals(Kinds.POOL.kind())) {
      addOwned(root, object, Kinds.VIRTUAL_MACHINE, machines);
    } else if (!PlainRoots.is(root)) {
      machines.putIfAbsent(root, new Machine(root, root, object));
    }
  }

  private void addOwned(
      ObjectRef root,
      ObjectNode owner,
      ResourceKind kind,
      SequencedMap<ObjectRef, Machine> machines) {
    String uid = owner.at("/metadata/uid").asText();
    for (ObjectNode candidate : lookup.list(kind, root.namespace())) {
      boolean owned =
          RootResolver.controller(candidate)
              .map(reference -> reference.path("uid").asText().equals(uid))
              .orElse(false);
      if (owned) {
        ObjectRef ref = ObjectRef.of(kind, root.namespace(), name(candidate));
        machines.putIfAbsent(ref, new Machine(ref, root, candidate));
      }
    }
  }

  private static String name(ObjectNode object) {
    return object.at("/metadata/name").asText();
  }
}
