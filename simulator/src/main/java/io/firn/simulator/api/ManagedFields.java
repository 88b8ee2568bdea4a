package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `metadata.managedFields`, read and written.
final class ManagedFields {
  static final String APPLY = "Apply";
  static final String UPDATE = "Update";

  private final Map<Owner, Share> shares = new LinkedHashMap<>();

  /// Somebody who owns fields. Two operations, versions or subresources make two owners.
  record Owner(String manager, String operation, String apiVersion, String subresource) {
    static Owner of(Target target, WriteOptions options) {
      return new Owner(
          options.manager(),
          options.applying() ? APPLY : UPDATE,
          target.apiVersion(),
          target.subresource());
    }
  }

  /// What an owner owns, and since when.
  record Share(FieldSet fields, String time) {}

  static ManagedFields of(JsonNode object) {
    ManagedFields managed = new ManagedFields();
    for (JsonNode entry : Meta.of(object).path("managedFields")) {
      Owner owner =
          new Owner(
              entry.path("manager").asText(),
              entry.path("operation").asText(),
              entry.path("apiVersion").asText(),
              entry.path("subresource").asText());
      if (!owner.manager().isEmpty()) {
        managed.shares.put(
            owner, new Share(FieldSet.ofTree(entry.path("fieldsV1")), entry.path("time").asText()));
      }
    }
    return managed;
  }

  FieldSet of(Owner owner) {
    Share share = shares.get(owner);
    return share == null ? FieldSet.empty() : share.fields();
  }

  List<Owner> owners() {
    return List.copyOf(shares.keySet());
  }

  void set(Owner owner, FieldSet fields, String time) {
    if (fields.isEmpty()) {
      shares.remove(owner);
    } else if (!fields.equals(of(owner))) {
      shares.put(owner, new Share(fields, time));
    }
  }

  void writeTo(ObjectNode object) {
    ArrayNode list = Json.array();
    // Appliers come first, as in Kubernetes.
    for (String operation : List.of(APPLY, UPDATE)) {
      shares.forEach((owner, share) -> {
        if (owner.operation().equals(operation)) {
          list.add(entry(owner, share));
        }
      });
    }
    if (list.isEmpty()) {
      Meta.writable(object).remove("managedFields");
    } else {
      Meta.writable(object).set("managedFields", list);
    }
  }

  private static ObjectNode entry(Owner owner, Share share) {
    ObjectNode entry =
        Json.object()
            .put("manager", owner.manager())
            .put("operation", owner.operation())
            .put("apiVersion", owner.apiVersion())
            .put("time", share.time())
            .put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", share.fields().toTree());
    if (!owner.subresource().isEmpty()) {
      entry.put("subresource", owner.subresource());
    }
    return entry;
  }
}
