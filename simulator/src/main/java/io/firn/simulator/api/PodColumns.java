package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;

/// What `kubectl get pods` says of a pod.
final class PodColumns {
  private PodColumns() {}

  static String ready(JsonNode pod) {
    long ready =
        Json.elements(pod.at("/status/containerStatuses"))
            .filter(status -> status.path("ready").asBoolean())
            .count();
    return ready + "/" + pod.at("/spec/containers").size();
  }

  static String restarts(JsonNode pod) {
    int count =
        Json.elements(pod.at("/status/containerStatuses"))
            .mapToInt(status -> status.path("restartCount").asInt())
            .sum();
    return Integer.toString(count);
  }

  /// The phase, unless a container has something more telling to say.
  static String status(JsonNode pod) {
    if (Meta.isDeleting(pod)) {
      return "Terminating";
    }
    String reason = pod.at("/status/reason").asText(pod.at("/status/phase").asText());
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      String waiting = status.at("/state/waiting/reason").asText();
      String terminated = status.at("/state/terminated/reason").asText();
      if (!waiting.isEmpty()) {
        return waiting;
      }
      if (!terminated.isEmpty()) {
        reason = terminated;
      }
    }
    return reason;
  }
}
