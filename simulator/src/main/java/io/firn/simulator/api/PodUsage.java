package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a pod asks for as a whole: its containers together, or its hungriest init container;
/// sidecars count with both. Stateless.
final class PodUsage {
  private PodUsage() {}

  static List<JsonNode> containers(JsonNode pod) {
    return Stream.of("containers", "initContainers")
        .flatMap(list -> Json.elements(pod.path("spec").path(list)))
        .toList();
  }

  /// `requests` and `limits`, as a container has them.
  static ObjectNode resources(JsonNode pod) {
    ObjectNode resources = Json.object();
    for (String sort : List.of("requests", "limits")) {
      ObjectNode sums = resources.putObject(sort);
      sums(pod, sort).forEach((name, sum) -> sums.put(name, Quantity.print(sum)));
    }
    return resources;
  }

  static Map<String, BigDecimal> sums(JsonNode pod, String sort) {
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    pod.path("spec").path("containers").forEach(c -> add(sums, c, sort));
    Map<String, BigDecimal> sidecars = new LinkedHashMap<>();
    Map<String, BigDecimal> most = new LinkedHashMap<>();
    for (JsonNode init : pod.path("spec").path("initContainers")) {
      Map<String, BigDecimal> now = new LinkedHashMap<>(sidecars);
      add(now, init, sort);
      if (init.path("restartPolicy").asText().equals("Always")) {
        add(sums, init, sort);
        add(sidecars, init, sort);
      }
      now.forEach((name, amount) -> most.merge(name, amount, BigDecimal::max));
    }
    most.forEach((name, amount) -> sums.merge(name, amount, BigDecimal::max));
    return sums;
  }

  private static void add(Map<String, BigDecimal> sums, JsonNode container, String sort) {
    for (var amount : container.path("resources").path(sort).properties()) {
      sums.merge(amount.getKey(), Quantity.parse(amount.getValue().asText()), BigDecimal::add);
    }
  }
}
