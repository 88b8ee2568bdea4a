package io.firn.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// Reading and writing of an object's metadata.
public final class Meta {
  private Meta() {}

  public static String name(JsonNode object) {
    return Fields.text(object, "metadata", "name");
  }

  public static String namespace(JsonNode object) {
    return Fields.text(object, "metadata", "namespace");
  }

  public static String uid(JsonNode object) {
    return Fields.text(object, "metadata", "uid");
  }

  public static boolean deleting(JsonNode object) {
    return Fields.has(object, "metadata", "deletionTimestamp");
  }

  public static String label(JsonNode object, String key) {
    return Fields.text(object, "metadata", "labels", key);
  }

  public static String annotation(JsonNode object, String key) {
    return Fields.text(object, "metadata", "annotations", key);
  }

  public static boolean annotated(JsonNode object, String key) {
    return Fields.has(object, "metadata", "annotations", key);
  }

  public static ObjectNode labels(ObjectNode object) {
    return Fields.object(object, "metadata", "labels");
  }

  public static ObjectNode annotations(ObjectNode object) {
    return Fields.object(object, "metadata", "annotations");
  }

  public static boolean hasFinalizer(JsonNode object, String finalizer) {
    return Fields.texts(object, "metadata", "finalizers").contains(finalizer);
  }

  public static void addFinalizer(ObjectNode object, String finalizer) {
    if (!hasFinalizer(object, finalizer)) {
      Fields.array(object, "metadata", "finalizers").add(finalizer);
    }
  }

  public static void removeFinalizer(ObjectNode object, String finalizer) {
    ArrayNode left = Fields.newArray();
    for (String one : Fields.texts(object, "metadata", "finalizers")) {
      if (!one.equals(finalizer)) {
        left.add(one);
      }
    }
    Fields.object(object, "metadata").set("finalizers", left);
  }

  /// The owner reference with `controller: true`.
  public static Optional<ObjectNode> controller(JsonNode object) {
    return Fields.first(
        Fields.at(object, "metadata", "ownerReferences"),
        owner -> owner.path("controller").asBoolean());
  }

  public static boolean controlledBy(JsonNode object, String uid) {
    return controller(object).map(owner -> owner.path("uid").asText().equals(uid)).orElse(false);
  }

  /// Adds a controller reference to an owner as read.
  public static void setController(ObjectNode object, JsonNode owner) {
    Fields.array(object, "metadata", "ownerReferences")
        .addObject()
        .put("apiVersion", Fields.text(owner, "apiVersion"))
        .put("blockOwnerDeletion", true)
        .put("controller", true)
        .put("kind", Fields.text(owner, "kind"))
        .put("name", name(owner))
        .put("uid", uid(owner));
  }
}
