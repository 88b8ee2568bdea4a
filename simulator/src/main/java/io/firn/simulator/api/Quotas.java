package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// ResourceQuota admission: counts of objects, the storage that claims request, and what pods ask
/// for and may have. What a quota has used is written into its status.
final class Quotas {
  static final ResourceId QUOTAS = new ResourceId("", "resourcequotas");
  private static final Set<String> OF_CONTAINERS =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private final Store store;

  Quotas(Store store) {
    this.store = store;
  }

  /// Refuses a new object that would go beyond a quota of its namespace.
  void check(Target target, ObjectNode object) {
    if (!target.resource().namespaced()) {
      return;
    }
    ResourceId id = target.resource().id();
    Map<String, BigDecimal> asked = QuotaUsage.of(id, object);
    for (JsonNode quota : store.list(QUOTAS, target.namespace()).items()) {
      if (QuotaUsage.covers(quota, id, object)) {
        constraints(target, quota, object);
        check(target, quota, asked);
      }
    }
  }

  /// A quota of a resource of containers wants to know how much of it each has.
  private static void constraints(Target target, JsonNode quota, ObjectNode object) {
    if (!target.resource().id().equals(QuotaUsage.PODS)) {
      return;
    }
    Map<String, TreeSet<String>> missing = new TreeMap<>();
    for (var limit : quota.path("spec").path("hard").properties()) {
      if (OF_CONTAINERS.contains(limit.getKey())) {
        PodUsage.containers(object).stream()
            .filter(container -> !specifies(container, limit.getKey()))
            .forEach(container ->
                missing
                    .computeIfAbsent(limit.getKey(), _ -> new TreeSet<>())
                    .add(container.path("name").asText()));
      }
    }
    if (!missing.isEmpty()) {
      List<String> texts = new ArrayList<>();
      missing.forEach((what, names) -> texts.add(what + " for: " + String.join(",", names)));
      throw ApiFailure.forbidden(
          target.resource().id(),
          target.name(),
          "failed quota: %s: must specify %s"
              .formatted(Meta.name(quota), String.join("; ", texts)));
    }
  }

  private static boolean specifies(JsonNode container, String what) {
    int dot = what.indexOf('.');
    String sort = dot < 0 ? "requests" : what.substring(0, dot);
    return container.path("resources").path(sort).has(what.substring(dot + 1));
  }

  private void check(Target target, JsonNode quota, Map<String, BigDecimal> asked) {
    Map<String, String> requested = new TreeMap<>();
    Map<String, String> used = new TreeMap<>();
    Map<String, String> limited = new TreeMap<>();
    for (var limit : quota.path("spec").path("hard").properties()) {
      String what = limit.getKey();
      BigDecimal more = asked.get(what);
      if (more == null || more.signum() == 0) {
        continue;
      }
      BigDecimal present = used(quota, what);
      if (present.add(more).compareTo(Quantity.parse(limit.getValue().asText())) > 0) {
        requested.put(what, Quantity.print(more));
        used.put(what, Quantity.print(present));
        limited.put(what, limit.getValue().asText());
      }
    }
    if (!limited.isEmpty()) {
      throw ApiFailure.forbidden(
          target.resource().id(),
          target.name(),
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(Meta.name(quota), text(requested), text(used), text(limited)));
    }
  }

  private static String text(Map<String, String> amounts) {
    return String.join(
        ",", amounts.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private BigDecimal used(JsonNode quota, String what) {
    ResourceId id = QuotaUsage.counted(what);
    return store.list(id, Meta.namespace(quota)).items().stream()
        .filter(object -> QuotaUsage.covers(quota, id, object))
        .map(object -> QuotaUsage.of(id, object).getOrDefault(what, BigDecimal.ZERO))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// The quotas that a change of an object concerns.
  List<ObjectKey> concernedBy(ObjectKey key) {
    return key.namespace().isEmpty()
        ? List.of()
        : store.list(QUOTAS, key.namespace()).items().stream()
            .map(quota -> ObjectKey.of(QUOTAS, quota))
            .toList();
  }

  /// Writes what a quota has used, as the quota controller does.
  void visit(ObjectKey key) {
    Optional<ObjectNode> quota = key.resource().equals(QUOTAS) ? store.find(key) : Optional.empty();
    if (quota.isEmpty()) {
      return;
    }
    ObjectNode next = quota.get().deepCopy();
    ObjectNode status = next.putObject("status");
    JsonNode hard = next.path("spec").path("hard");
    status.set("hard", hard.deepCopy());
    ObjectNode used = status.putObject("used");
    for (var limit : hard.properties()) {
      used.put(limit.getKey(), Quantity.print(used(next, limit.getKey())));
    }
    if (!next.equals(quota.get()) && !store.replace(key, Meta.revision(quota.get()), next)) {
      throw new IllegalStateException("the quota was changed meanwhile");
    }
  }
}
