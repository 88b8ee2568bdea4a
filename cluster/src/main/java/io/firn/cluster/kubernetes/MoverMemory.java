package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.MoverTemplateRules;
import io.firn.cluster.Quantity;

/// A mover's memory: a third of its limit is the heap, a third may be buffers outside of it, the
/// rest is the runtime's. Stateless.
final class MoverMemory {
  private static final String LIMIT = "768Mi";
  private static final String REQUEST = "512Mi";
  private static final long MEBIBYTE = 1 << 20;

  private MoverMemory() {}

  /// Fills in what the template leaves open.
  static void apply(ObjectNode pod) {
    ObjectNode container = (ObjectNode) MoverTemplate.container(pod);
    ObjectNode resources = container.withObjectProperty("resources");
    ObjectNode limits = resources.withObjectProperty("limits");
    if (!limits.has("memory") && !podLimit(pod)) {
      limits.put("memory", LIMIT);
    }
    ObjectNode requests = resources.withObjectProperty("requests");
    String limit = limits.path("memory").asText(podMemory(pod));
    if (!requests.has("memory")) {
      boolean less = Quantity.bytes(limit) < Quantity.bytes(REQUEST);
      requests.put("memory", less ? limit : REQUEST);
    }
    long heap = Quantity.bytes(limit) / 3 / MEBIBYTE;
    ArrayNode environment = container.withArrayProperty("env");
    environment
        .addObject()
        .put("name", MoverTemplateRules.JAVA_OPTIONS)
        .put("value", "-Xmx" + heap + "m " + MoverScratch.JAVA_OPTION);
  }

  private static boolean podLimit(JsonNode pod) {
    return !podMemory(pod).isEmpty();
  }

  private static String podMemory(JsonNode pod) {
    return pod.at("/resources/limits/memory").asText("");
  }
}
