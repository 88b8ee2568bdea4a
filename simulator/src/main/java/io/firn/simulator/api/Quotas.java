package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// ResourceQuota admission: counts of objects and the storage that claims request.
final class Quotas {
  private static final ResourceId QUOTAS = new ResourceId("", "resourcequotas");
  private static final String CLAIMS = "persistentvolumeclaims";

  private final Store store;

  Quotas(Store store) {
    this.store = store;
  }

  /// Refuses a new object that would go beyond a quota of its namespace.
  void check(Target target, ObjectNode object) {
    if (!target.resource().namespaced()) {
      return;
    }
    Map<String, BigDecimal> asked = usage(target.resource(), object);
    for (JsonNode quota : store.list(QUOTAS, target.namespace()).items()) {
      check(target, quota, asked);
    }
  }

  private void check(Target target, JsonNode quota, Map<String, BigDecimal> asked) {
    List<String> requested = new ArrayList<>();
    List<String> used = new ArrayList<>();
    List<String> limited = new ArrayList<>();
    for (var limit : quota.path("spec").path("hard").properties()) {
      BigDecimal more = asked.get(limit.getKey());
      if (more == null) {
        continue;
      }
      BigDecimal present = used(target, limit.getKey());
      if (present.add(more).compareTo(Quantity.parse(limit.getValue().asText())) > 0) {
        requested.add(limit.getKey() + "=" + Quantity.print(more));
        used.add(limit.getKey() + "=" + Quantity.print(present));
        limited.add(limit.getKey() + "=" + limit.getValue().asText());
      }
    }
    if (!limited.isEmpty()) {
      throw ApiFailure.forbidden(
          target.resource().id(),
          target.name(),
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  Meta.name(quota),
                  String.join(",", requested),
                  String.join(",", used),
                  String.join(",", limited)));
    }
  }

  private BigDecimal used(Target target, String what) {
    return store.list(target.resource().id(), target.namespace()).items().stream()
        .map(object -> usage(target.resource(), object).getOrDefault(what, BigDecimal.ZERO))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// What one object counts for, by the names that quotas use.
  static Map<String, BigDecimal> usage(Resource resource, ObjectNode object) {
    Map<String, BigDecimal> usage = new LinkedHashMap<>();
    usage.put("count/" + resource.id(), BigDecimal.ONE);
    if (resource.group().isEmpty()) {
      usage.put(resource.plural(), BigDecimal.ONE);
    }
    if (resource.group().isEmpty() && resource.plural().equals(CLAIMS)) {
      JsonNode spec = object.path("spec");
      String storage = spec.at("/resources/requests/storage").asText("0");
      usage.put("requests.storage", Quantity.parse(storage));
      String storageClass = spec.path("storageClassName").asText();
      if (!storageClass.isEmpty()) {
        String prefix = storageClass + ".storageclass.storage.k8s.io/";
        usage.put(prefix + "requests.storage", Quantity.parse(storage));
        usage.put(prefix + CLAIMS, BigDecimal.ONE);
      }
    }
    return usage;
  }
}
