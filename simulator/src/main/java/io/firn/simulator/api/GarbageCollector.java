package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Collects objects whose owners are gone, and carries out foreground and orphaning deletion, by
/// the rules of Kubernetes' garbage collector. An owner counts by its UID: one of the same name
/// with another UID is absent; so is one in another namespace.
final class GarbageCollector {
  private final Store store;
  private final Registry registry;
  private final OwnerIndex index;
  private final Deletions deletions;

  GarbageCollector(Store store, Registry registry, OwnerIndex index, Deletions deletions) {
    this.store = store;
    this.registry = registry;
    this.index = index;
    this.deletions = deletions;
  }

  /// Looks at one object after a change of it, or of something that it depends on.
  void visit(ObjectKey key) {
    Optional<ObjectNode> found = store.find(key);
    Optional<Resource> resource = registry.find(key.resource());
    if (found.isEmpty() || resource.isEmpty()) {
      return;
    }
    ObjectNode object = found.get();
    if (Meta.isDeleting(object)) {
      finish(key, object);
    }
    collect(key, resource.get(), object);
  }

  /// The objects to look at after a change: the changed one, its owners, and once it is gone its
  /// dependents.
  Set<ObjectKey> concernedBy(ObjectKey key, StoreEvent event) {
    Set<ObjectKey> concerned = new LinkedHashSet<>();
    ObjectNode object = event.object();
    if (Meta.isDeleting(object) || !Meta.owners(object).isEmpty()) {
      concerned.add(key);
    }
    for (JsonNode owner : Meta.owners(event.previous().orElse(object))) {
      index.find(owner.path("uid").asText()).ifPresent(concerned::add);
    }
    if (event.type() == StoreEvent.Type.DELETED) {
      concerned.addAll(index.dependentsOf(Meta.uid(object)));
    }
    return concerned;
  }

  private void finish(ObjectKey key, ObjectNode object) {
    List<String> finalizers = Meta.finalizers(object);
    List<ObjectKey> dependents = index.dependentsOf(Meta.uid(object));
    if (finalizers.contains(Deletions.ORPHAN)) {
      dependents.forEach(dependent -> disown(dependent, Meta.uid(object)));
      release(key, object, Deletions.ORPHAN);
    } else if (finalizers.contains(Deletions.FOREGROUND)) {
      dependents.forEach(dependent -> deleteForeground(dependent));
      if (dependents.stream().noneMatch(dependent -> blocks(dependent, Meta.uid(object)))) {
        release(key, object, Deletions.FOREGROUND);
      }
    }
  }

  private void release(ObjectKey key, ObjectNode object, String finalizer) {
    ObjectNode next = Meta.withoutFinalizer(object, finalizer);
    if (Deletions.isFinished(next)) {
      store.remove(key, Meta.revision(object), next);
    } else {
      store.replace(key, Meta.revision(object), next);
    }
  }

  private void deleteForeground(ObjectKey dependent) {
    boolean owns =
        store.find(dependent).map(Meta::uid).map(index::dependentsOf).stream()
            .anyMatch(list -> !list.isEmpty());
    delete(
        dependent,
        owns ? DeleteOptions.Propagation.FOREGROUND : DeleteOptions.Propagation.BACKGROUND,
        true);
  }

  private boolean blocks(ObjectKey dependent, String owner) {
    return store.find(dependent).stream()
        .flatMap(object -> Meta.owners(object).stream())
        .anyMatch(reference ->
            reference.path("uid").asText().equals(owner)
                && reference.path("blockOwnerDeletion").asBoolean());
  }

  private void disown(ObjectKey dependent, String owner) {
    store
        .find(dependent)
        .ifPresent(
            object -> store.replace(dependent, Meta.revision(object), without(object, owner)));
  }

  private static ObjectNode without(ObjectNode object, String... owners) {
    ObjectNode copy = object.deepCopy();
    ArrayNode left = Json.array();
    List<String> gone = List.of(owners);
    for (JsonNode reference : Meta.owners(copy)) {
      if (!gone.contains(reference.path("uid").asText())) {
        left.add(reference);
      }
    }
    if (left.isEmpty()) {
      Meta.writable(copy).remove("ownerReferences");
    } else {
      Meta.writable(copy).set("ownerReferences", left);
    }
    return copy;
  }

  /// Deletes the object if all its owners are gone; takes the gone ones off where some are left.
  private void collect(ObjectKey key, Resource resource, ObjectNode object) {
    List<JsonNode> owners = Meta.owners(object);
    List<String> absent =
        owners.stream()
            .filter(owner -> isAbsent(owner, resource, object))
            .map(owner -> owner.path("uid").asText())
            .toList();
    if (absent.isEmpty()) {
      return;
    }
    if (absent.size() < owners.size()) {
      store.replace(key, Meta.revision(object), without(object, absent.toArray(String[]::new)));
    } else if (!Meta.isDeleting(object)) {
      delete(key, DeleteOptions.Propagation.BACKGROUND, false);
    }
  }

  /// A kind that nothing serves cannot be looked for: its objects are left alone.
  private boolean isAbsent(JsonNode owner, Resource dependent, ObjectNode object) {
    Optional<Resource> kind = registry.ofOwner(owner);
    if (kind.isEmpty() || (kind.get().namespaced() && !dependent.namespaced())) {
      return false;
    }
    String namespace = kind.get().namespaced() ? Meta.namespace(object) : "";
    ObjectKey key = new ObjectKey(kind.get().id(), namespace, owner.path("name").asText());
    return store
        .find(key)
        .filter(found -> Meta.uid(found).equals(owner.path("uid").asText()))
        .isEmpty();
  }

  private void delete(ObjectKey key, DeleteOptions.Propagation propagation, boolean onlyUnmarked) {
    Optional<ObjectNode> object = store.find(key);
    Optional<Resource> resource = registry.find(key.resource());
    if (object.isEmpty() || resource.isEmpty() || (onlyUnmarked && Meta.isDeleting(object.get()))) {
      return;
    }
    try {
      deletions.delete(
          Target.stored(resource.get(), key.namespace(), key.name()),
          DeleteOptions.system(propagation).onlyUid(Meta.uid(object.get())));
    } catch (ApiFailure e) {
      if (e.code() != 404 && e.code() != 409) {
        throw e;
      }
      // Gone or replaced meanwhile.
    }
  }
}
