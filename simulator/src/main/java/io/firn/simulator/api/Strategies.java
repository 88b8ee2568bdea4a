package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What each kind does to an object on its way into the store: who may change which part, defaults,
/// generations, validation.
final class Strategies {
  /// Kinds whose first status comes from the client: a kubelet registers its node with one.
  private static final Set<String> CLIENT_STATUS = Set.of("nodes");

  private static final Set<String> GENERATION_GROUPS =
      Set.of("apps", "batch", "policy", "apiextensions.k8s.io", "networking.k8s.io");

  private final BuiltinDefaults defaults;
  private final InstantSource clock;

  Strategies(BuiltinDefaults defaults, InstantSource clock) {
    this.defaults = defaults;
    this.clock = clock;
  }

  boolean countsGenerations(Resource resource) {
    return resource.custom()
        || resource.plural().equals("pods")
        || (GENERATION_GROUPS.contains(resource.group())
            && !resource.plural().equals("controllerrevisions"));
  }

  void prepareCreate(Target target, ObjectNode object) {
    if (target.version().has("status") && !CLIENT_STATUS.contains(target.resource().plural())) {
      object.remove("status");
    }
    normalize(target, object);
    if (target.resource().id().equals(CustomResources.DEFINITIONS)) {
      CustomResources.accept(object, Meta.time(clock.instant()));
    }
  }

  /// Defaults and pruning, once more after every mutation.
  void normalize(Target target, ObjectNode object) {
    Optional<ObjectNode> schema = target.version().schema();
    schema.ifPresent(known -> Pruning.prune(known, object));
    if (target.resource().custom()) {
      schema.ifPresent(known -> Pruning.applyDefaults(known, object));
    } else {
      defaults.apply(target.resource(), object);
    }
  }

  /// Keeps what the addressed part of the object must not change.
  void prepareUpdate(Target target, ObjectNode old, ObjectNode next) {
    switch (target.subresource()) {
      case "status" -> {
        keepAllBut("status", old, next);
        if (target.resource().custom()) {
          next.set("metadata", statusMetadata(old, next));
        }
      }
      case "finalize" -> keep("status", old, next);
      default -> {
        if (target.version().has("status")) {
          keep("status", old, next);
        }
      }
    }
    restoreMetadata(target, old, next);
  }

  /// A status write of a custom resource touches no metadata but who owns the fields.
  private static ObjectNode statusMetadata(ObjectNode old, ObjectNode next) {
    ObjectNode meta = Meta.writable(old).deepCopy();
    JsonNode managed = Meta.of(next).path("managedFields");
    if (managed.isArray()) {
      meta.set("managedFields", managed);
    }
    return meta;
  }

  private static void keepAllBut(String part, ObjectNode old, ObjectNode next) {
    Set<String> free = Set.of(part, "metadata", "apiVersion", "kind");
    List<String> dropped = new ArrayList<>();
    next.fieldNames()
        .forEachRemaining(name -> {
          if (!free.contains(name) && !old.has(name)) {
            dropped.add(name);
          }
        });
    next.remove(dropped);
    for (var field : old.properties()) {
      if (!free.contains(field.getKey())) {
        next.set(field.getKey(), field.getValue().deepCopy());
      }
    }
  }

  private static void keep(String part, ObjectNode old, ObjectNode next) {
    if (old.has(part)) {
      next.set(part, old.get(part).deepCopy());
    } else {
      next.remove(part);
    }
  }

  /// Puts back the metadata that only the server writes, and counts the generation.
  void restoreMetadata(Target target, ObjectNode old, ObjectNode next) {
    ObjectNode meta = Meta.writable(next);
    JsonNode before = Meta.of(old);
    for (String owned :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "resourceVersion",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName")) {
      if (before.has(owned)) {
        meta.set(owned, before.get(owned));
      } else {
        meta.remove(owned);
      }
    }
    if (countsGenerations(target.resource())
        && !Json.same(content(target, old), content(target, next))) {
      meta.put("generation", before.path("generation").asLong() + 1);
    }
  }

  /// The part of an object whose change makes a new generation.
  private static ObjectNode content(Target target, ObjectNode object) {
    ObjectNode content = Json.object();
    content.setAll(object);
    content.remove("metadata");
    content.remove("apiVersion");
    if (target.version().has("status")) {
      content.remove("status");
    }
    return content;
  }

  void validate(Target target, Optional<ObjectNode> old, ObjectNode next) {
    List<ApiFailure.Cause> causes = new ArrayList<>(Validation.metadata(old, next));
    if (target.resource().custom()) {
      target.version().schema().ifPresent(schema -> causes.addAll(SchemaRules.check(schema, next)));
    } else {
      causes.addAll(BuiltinRules.check(target, old, next));
    }
    if (!causes.isEmpty()) {
      throw ApiFailure.invalid(target.resource(), target.name(), causes);
    }
  }
}
