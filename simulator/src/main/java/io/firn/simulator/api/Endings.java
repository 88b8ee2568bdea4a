package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Brings deletions to their end that wait for other objects: a namespace for its contents, a CRD
/// for its objects, a claim for the pods that use it, a volume for its claim.
final class Endings {
  private static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
  private static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";
  private static final ResourceId PODS = new ResourceId("", "pods");
  private static final ResourceId CLAIMS = new ResourceId("", "persistentvolumeclaims");
  private static final ResourceId VOLUMES = new ResourceId("", "persistentvolumes");

  private final Store store;
  private final Registry registry;
  private final Deletions deletions;

  Endings(Store store, Registry registry, Deletions deletions) {
    this.store = store;
    this.registry = registry;
    this.deletions = deletions;
  }

  /// What may be waiting for this change.
  Set<ObjectKey> concernedBy(ObjectKey key, StoreEvent event) {
    Set<ObjectKey> concerned = new LinkedHashSet<>();
    if (Meta.isDeleting(event.object())) {
      concerned.add(key);
    }
    boolean gone = event.type() == StoreEvent.Type.DELETED;
    if (gone && !key.namespace().isEmpty()) {
      concerned.add(new ObjectKey(NamespaceRules.NAMESPACES, "", key.namespace()));
    }
    if (gone && !key.resource().group().isEmpty()) {
      concerned.add(new ObjectKey(CustomResources.DEFINITIONS, "", key.resource().toString()));
    }
    if (key.resource().equals(PODS)) {
      claimsOf(event.object())
          .forEach(claim -> concerned.add(new ObjectKey(CLAIMS, key.namespace(), claim)));
    }
    if (gone && key.resource().equals(CLAIMS)) {
      String volume = event.object().at("/spec/volumeName").asText();
      concerned.add(new ObjectKey(VOLUMES, "", volume));
    }
    concerned.removeIf(one -> store.find(one).filter(Meta::isDeleting).isEmpty());
    return concerned;
  }

  /// Looks whether the object, if it is marked for deletion, can end now.
  void visit(ObjectKey key) {
    Optional<ObjectNode> object = store.find(key).filter(Meta::isDeleting);
    if (object.isEmpty()) {
      return;
    }
    if (key.resource().equals(NamespaceRules.NAMESPACES)) {
      namespace(key, object.get());
    } else if (key.resource().equals(CustomResources.DEFINITIONS)) {
      definition(key, object.get());
    } else if (key.resource().equals(CLAIMS) && !isUsed(key)) {
      release(key, object.get(), CLAIM_PROTECTION);
    } else if (key.resource().equals(VOLUMES) && !isBound(object.get())) {
      release(key, object.get(), VOLUME_PROTECTION);
    }
  }

  private void namespace(ObjectKey key, ObjectNode namespace) {
    boolean empty = true;
    for (Resource resource : registry.all()) {
      if (resource.namespaced() && !Verbs.isReview(resource)) {
        empty &= clear(resource, key.name());
      }
    }
    if (empty && !namespace.path("spec").path("finalizers").isEmpty()) {
      ObjectNode next = namespace.deepCopy();
      Json.child(next, "spec").remove("finalizers");
      settle(key, namespace, next);
    }
  }

  private void definition(ObjectKey key, ObjectNode definition) {
    Optional<Resource> resource = registry.find(CustomResources.id(definition));
    if (resource.isEmpty() || clear(resource.get(), "")) {
      release(key, definition, CustomResources.CLEANUP);
    }
  }

  /// Deletes all objects of a resource; true once none is left.
  private boolean clear(Resource resource, String namespace) {
    for (ObjectNode object : store.list(resource.id(), namespace).items()) {
      if (!Meta.isDeleting(object)) {
        deletions.delete(
            Target.stored(resource, Meta.namespace(object), Meta.name(object)),
            DeleteOptions.system(DeleteOptions.Propagation.BACKGROUND));
      }
    }
    return store.list(resource.id(), namespace).items().isEmpty();
  }

  private boolean isUsed(ObjectKey claim) {
    return store.list(PODS, claim.namespace()).items().stream()
        .filter(pod -> !hasEnded(pod))
        .anyMatch(pod -> claimsOf(pod).contains(claim.name()));
  }

  private static boolean hasEnded(JsonNode pod) {
    String phase = pod.at("/status/phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static Set<String> claimsOf(JsonNode pod) {
    Set<String> claims = new LinkedHashSet<>();
    for (JsonNode volume : pod.at("/spec/volumes")) {
      String claim = volume.at("/persistentVolumeClaim/claimName").asText();
      if (!claim.isEmpty()) {
        claims.add(claim);
      }
    }
    return claims;
  }

  private boolean isBound(JsonNode volume) {
    JsonNode ref = volume.at("/spec/claimRef");
    ObjectKey claim =
        new ObjectKey(CLAIMS, ref.path("namespace").asText(), ref.path("name").asText());
    return volume.at("/status/phase").asText().equals("Bound") && store.find(claim).isPresent();
  }

  private void release(ObjectKey key, ObjectNode object, String finalizer) {
    if (Meta.finalizers(object).contains(finalizer)) {
      settle(key, object, Meta.withoutFinalizer(object, finalizer));
    }
  }

  private void settle(ObjectKey key, ObjectNode object, ObjectNode next) {
    if (Deletions.isFinished(next)) {
      store.remove(key, Meta.revision(object), next);
    } else {
      store.replace(key, Meta.revision(object), next);
    }
  }
}
