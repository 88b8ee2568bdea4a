package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Creates, replaces and patches objects: decoding, defaults, admission, validation, storing, in
/// the order of kube-apiserver. Nothing is locked meanwhile; a lost race is tried again where the
/// client did not insist on a revision.
///
/// Thread-safe.
final class Writes {
  private static final int GENERATED_NAME_ATTEMPTS = 8;

  private final Store store;
  private final Strategies strategies;
  private final Admission admission;
  private final NamespaceRules namespaces;
  private final PodSecurity podSecurity;
  private final LimitRanges limits;
  private final Quotas quotas;
  private final GeneratedNames names;
  private final InstantSource clock;

  Writes(
      Store store,
      Strategies strategies,
      Admission admission,
      NamespaceRules namespaces,
      PodSecurity podSecurity,
      LimitRanges limits,
      Quotas quotas,
      GeneratedNames names,
      InstantSource clock) {
    this.store = store;
    this.strategies = strategies;
    this.admission = admission;
    this.namespaces = namespaces;
    this.podSecurity = podSecurity;
    this.limits = limits;
    this.quotas = quotas;
    this.names = names;
    this.clock = clock;
  }

  /// Stores a new object. `body` becomes part of the store and must not be used afterwards.
  ObjectNode create(Target collection, ObjectNode body, WriteOptions options) {
    Decoding.check(collection, body, options);
    ObjectNode meta = Meta.writable(body);
    if (meta.hasNonNull("resourceVersion") && !meta.path("resourceVersion").asText().equals("0")) {
      throw ApiFailure.of(500, "", "resourceVersion should not be set on objects to be created");
    }
    boolean generated = Meta.name(body).isEmpty() && !meta.path("generateName").asText().isEmpty();
    for (int attempt = 1; ; attempt++) {
      ObjectNode object = generated ? body.deepCopy() : body;
      if (generated) {
        Meta.writable(object).put("name", names.next(meta.path("generateName").asText()));
      }
      Target target = collection.named(Meta.name(object));
      if (insert(target, object, options)) {
        return object;
      }
      if (!generated || attempt == GENERATED_NAME_ATTEMPTS) {
        throw ApiFailure.alreadyExists(target.resource().id(), target.name());
      }
    }
  }

  private boolean insert(Target target, ObjectNode object, WriteOptions options) {
    namespaces.checkCreate(target);
    stamp(target, object);
    strategies.prepareCreate(target, object);
    FieldOwnership.created(target, object, options, clock.instant());
    AdmissionPlugin.Request request =
        Admission.request("CREATE", target, Optional.empty(), options);
    limits.complete(target, object);
    admission.mutate(request, object);
    strategies.normalize(target, object);
    Validation.name(target);
    strategies.validate(target, Optional.empty(), object);
    limits.check(target, object);
    podSecurity.check(target, object, options);
    admission.validate(request, object);
    quotas.check(target, object);
    object.put("apiVersion", target.resource().apiVersion(target.resource().storageVersion()));
    return options.dryRun()
        ? store.find(target.key()).isEmpty()
        : store.insert(target.key(), object);
  }

  private void stamp(Target target, ObjectNode object) {
    ObjectNode meta = Meta.writable(object);
    for (String owned : List.of("selfLink", "deletionTimestamp", "deletionGracePeriodSeconds")) {
      meta.remove(owned);
    }
    meta.remove("resourceVersion");
    meta.put("uid", UUID.randomUUID().toString());
    meta.put("creationTimestamp", Meta.time(clock.instant()));
    if (target.resource().namespaced()) {
      meta.put("namespace", target.namespace());
    } else {
      meta.remove("namespace");
    }
    if (strategies.countsGenerations(target.resource())) {
      meta.put("generation", 1);
    } else {
      meta.remove("generation");
    }
  }

  /// Replaces an object, or its subresource, by what the client sent.
  ObjectNode update(Target target, ObjectNode body, WriteOptions options) {
    Decoding.check(target, body, options);
    checkName(target, body);
    boolean pinned = Meta.of(body).hasNonNull("resourceVersion");
    while (true) {
      ObjectNode old = require(target);
      if (!pinned && target.resource().custom()) {
        throw ApiFailure.invalid(
            target.resource(),
            target.name(),
            List.of(
                new ApiFailure.Cause(
                    "FieldValueInvalid",
                    "Invalid value: 0: must be specified for an update",
                    "metadata.resourceVersion")));
      }
      checkPreconditions(target, old, body);
      Optional<ObjectNode> stored =
          attempt(target, old, body.deepCopy(), Meta.revision(body) != 0, options);
      if (stored.isPresent()) {
        return stored.get();
      }
    }
  }

  private static void checkName(Target target, ObjectNode body) {
    if (!Meta.name(body).equals(target.name())) {
      throw ApiFailure.badRequest(
          "the name of the object ("
              + Meta.name(body)
              + ") does not match the name on the URL ("
              + target.name()
              + ")");
    }
  }

  /// A patched object, and whether the patch brought it into being.
  record Patched(ObjectNode object, boolean created) {}

  /// Changes an object by a patch; a server-side apply creates it where it is absent.
  Patched patch(Target target, Patch patch, WriteOptions options) {
    while (true) {
      Optional<ObjectNode> old = store.find(target.key());
      if (old.isEmpty() && patch instanceof Patch.Apply apply && target.subresource().isEmpty()) {
        return new Patched(createByApply(target, apply, options), true);
      }
      if (old.isEmpty()) {
        throw ApiFailure.notFound(target.resource().id(), target.name());
      }
      ObjectNode present = Versions.as(target, old.get()).deepCopy();
      ObjectNode next = patch.applyTo(target, present, options, clock.instant());
      Decoding.checkPatched(target, next, options);
      checkName(target, next);
      checkPreconditions(target, old.get(), next);
      Optional<ObjectNode> stored =
          attempt(target, old.get(), next, patch.namesRevision(), options);
      if (stored.isPresent()) {
        return new Patched(stored.get(), false);
      }
    }
  }

  private ObjectNode createByApply(Target target, Patch.Apply apply, WriteOptions options) {
    if (Meta.of(apply.object()).hasNonNull("uid")) {
      throw ApiFailure.conflict(
          target.resource().id(), target.name(), "uid mismatch: the provided object specified uid");
    }
    ServerSideApply.checkFields(target, apply.object());
    ObjectNode body = apply.object().deepCopy();
    Meta.writable(body).put("name", target.name());
    return create(target.named(""), body, options);
  }

  private ObjectNode require(Target target) {
    return store
        .find(target.key())
        .orElseThrow(() -> ApiFailure.notFound(target.resource().id(), target.name()));
  }

  /// One try to put `next` in the place of `old`; empty where somebody else was faster and the
  /// client did not name a revision (`pinned`).
  private Optional<ObjectNode> attempt(
      Target target, ObjectNode old, ObjectNode next, boolean pinned, WriteOptions options) {
    strategies.prepareUpdate(target, Versions.as(target, old), next);
    AdmissionPlugin.Request request =
        Admission.request("UPDATE", target, Optional.of(Versions.as(target, old)), options);
    admission.mutate(request, next);
    strategies.normalize(target, next);
    strategies.restoreMetadata(target, Versions.as(target, old), next);
    strategies.validate(target, Optional.of(Versions.as(target, old)), next);
    if (target.subresource().isEmpty() && !target.resource().id().equals(QuotaUsage.PODS)) {
      podSecurity.check(target, next, options);
    }
    admission.validate(request, next);
    FieldOwnership.updated(target, old, next, options, clock.instant());
    next.put("apiVersion", target.resource().apiVersion(target.resource().storageVersion()));
    if (Unchanged.test(old, next)) {
      return Optional.of(old);
    }
    if (options.dryRun()) {
      return Optional.of(next);
    }
    boolean done =
        Deletions.isFinished(next)
            ? store.remove(target.key(), Meta.revision(old), next)
            : store.replace(target.key(), Meta.revision(old), next);
    if (!done && pinned) {
      throw ApiFailure.stale(target.resource().id(), target.name());
    }
    return done ? Optional.of(next) : Optional.empty();
  }

  /// What the client says of the object that it wants to change must be true of it.
  private static void checkPreconditions(Target target, ObjectNode old, ObjectNode next) {
    String uid = Meta.uid(next);
    if (!uid.isEmpty() && !uid.equals(Meta.uid(old))) {
      throw ApiFailure.conflict(
          target.resource().id(),
          target.name(),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Meta.uid(old));
    }
    long revision = Meta.revision(next);
    if (revision != 0 && revision != Meta.revision(old)) {
      throw ApiFailure.stale(target.resource().id(), target.name());
    }
  }
}
