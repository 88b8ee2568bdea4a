package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;

/// The quality-of-service class of a pod, from its requests and limits.
final class QosClass {
  private QosClass() {}

  static String of(JsonNode podSpec) {
    boolean any = false;
    boolean all = true;
    for (JsonNode container : podSpec.path("containers")) {
      JsonNode requests = container.path("resources").path("requests");
      JsonNode limits = container.path("resources").path("limits");
      any |= !requests.isEmpty() || !limits.isEmpty();
      for (String resource : new String[] {"cpu", "memory"}) {
        boolean limited = limits.hasNonNull(resource);
        boolean equal =
            !requests.has(resource) || requests.get(resource).equals(limits.get(resource));
        all &= limited && equal;
      }
    }
    if (!any) {
      return "BestEffort";
    }
    return all ? "Guaranteed" : "Burstable";
  }
}
