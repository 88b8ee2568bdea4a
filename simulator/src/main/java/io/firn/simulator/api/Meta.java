package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// An object's metadata, read and written by field name in one place.
final class Meta {
  private Meta() {}

  static JsonNode of(JsonNode object) {
    return object.path("metadata");
  }

  static ObjectNode writable(ObjectNode object) {
    return Json.child(object, "metadata");
  }

  static String name(JsonNode object) {
    return of(object).path("name").asText();
  }

  static String namespace(JsonNode object) {
    return of(object).path("namespace").asText();
  }

  static String uid(JsonNode object) {
    return of(object).path("uid").asText();
  }

  static long revision(JsonNode object) {
    return of(object).path("resourceVersion").asLong();
  }

  static String label(JsonNode object, String key) {
    return of(object).path("labels").path(key).asText();
  }

  static boolean isDeleting(JsonNode object) {
    return of(object).hasNonNull("deletionTimestamp");
  }

  static List<String> finalizers(JsonNode object) {
    return Json.strings(of(object).path("finalizers"));
  }

  static void finalizers(ObjectNode object, List<String> finalizers) {
    ObjectNode meta = writable(object);
    if (finalizers.isEmpty()) {
      meta.remove("finalizers");
    } else {
      meta.set("finalizers", Json.array(finalizers));
    }
  }

  static void addFinalizer(ObjectNode object, String finalizer) {
    ArrayNode present = Json.childArray(writable(object), "finalizers");
    if (!Json.strings(present).contains(finalizer)) {
      present.add(finalizer);
    }
  }

  static ObjectNode withoutFinalizer(ObjectNode object, String finalizer) {
    ObjectNode copy = object.deepCopy();
    List<String> left = new ArrayList<>(finalizers(copy));
    left.remove(finalizer);
    finalizers(copy, left);
    return copy;
  }

  static List<JsonNode> owners(JsonNode object) {
    List<JsonNode> owners = new ArrayList<>();
    of(object).path("ownerReferences").forEach(owners::add);
    return owners;
  }

  /// Whole seconds, as Kubernetes writes them.
  static String time(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /// With microseconds, as events and leases write them.
  static String microTime(Instant instant) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
        .withZone(ZoneOffset.UTC)
        .format(instant);
  }
}
