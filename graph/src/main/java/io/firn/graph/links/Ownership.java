package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.Optional;

/// Whose an instance is. An instance of a VM or of a replica set in the graph is a copy of its
/// owner's specification, so that only what differs is worth following.
final class Ownership {
  private static final List<ResourceKind> OWNERS =
      List.of(Kinds.VIRTUAL_MACHINE, Kinds.REPLICA_SET);

  private Ownership() {}

  /// The VM or replica set in the cluster that owns the instance. An instance without any owner is
  /// taken over by a VM of its name.
  static Optional<Machine> owner(ObjectRef instance, JsonNode object, ObjectIndex index) {
    List<ObjectRef> owners =
        Owner.of(object).isEmpty()
            ? List.of(ref(Kinds.VIRTUAL_MACHINE, instance, instance.name()))
            : OWNERS.stream()
                .flatMap(kind ->
                    Owner.ofKind(object, kind.kind()).stream()
                        .map(owner -> ref(kind, instance, owner.name())))
                .toList();
    return owners.stream()
        .flatMap(ref -> index.find(ref).flatMap(found -> Machine.of(ref, found)).stream())
        .findFirst();
  }

  private static ObjectRef ref(ResourceKind kind, ObjectRef instance, String name) {
    return ObjectRef.of(kind, instance.namespace(), name);
  }

  /// The owner of the instance, where that is part of the graph.
  static Optional<Machine> ownerInGraph(ObjectRef instance, ObjectNode object, Draft draft) {
    return owner(instance, object, draft.index()).filter(owner -> draft.contains(owner.ref()));
  }

  /// Whether the machine's own specification is to be followed.
  static boolean standsAlone(Machine machine, Draft draft) {
    return switch (machine.kind()) {
      case VIRTUAL_MACHINE, REPLICA_SET, POOL -> true;
      case INSTANCE ->
          draft.isRoot(machine.ref())
              || ownerInGraph(machine.ref(), machine.object(), draft).isEmpty();
    };
  }

  /// The machine that the claims of this one count for: an instance's claims are its owner's where
  /// both are in the graph.
  static ObjectRef claimant(Machine machine, Draft draft) {
    return switch (machine.kind()) {
      case VIRTUAL_MACHINE, REPLICA_SET, POOL -> machine.ref();
      case INSTANCE ->
          ownerInGraph(machine.ref(), machine.object(), draft)
              .map(Machine::ref)
              .orElse(machine.ref());
    };
  }
}
