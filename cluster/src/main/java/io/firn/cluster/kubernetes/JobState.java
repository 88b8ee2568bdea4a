package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.cluster.MoverJobs.State;
import java.util.Optional;

/// Reads how far a mover is from its Job and the Job's newest pod. A Job is over when its own
/// condition says so; before that a failed pod will be replaced.
record JobState(JsonNode job, Optional<? extends JsonNode> pod, Optional<String> event) {
  State read() {
    if (condition("Complete").isPresent()) {
      return new State.Succeeded(message().orElse(""));
    }
    Optional<JsonNode> failed = condition("Failed");
    if (failed.isPresent()) {
      return failed(failed.get());
    }
    if (pod.isEmpty()) {
      return new State.Waiting(event.orElse(""));
    }
    JsonNode container = container(pod.get());
    if (container.path("state").has("running")) {
      return new State.Running();
    }
    if (container.path("state").has("terminated")) {
      // Done or to be tried again: the Job will say.
      return new State.Running();
    }
    return new State.Waiting(waiting(pod.get(), container));
  }

  private Optional<JsonNode> condition(String type) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("True")) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private State failed(JsonNode condition) {
    JsonNode terminated =
        pod.map(p -> container(p).path("state").path("terminated"))
            .orElse(condition.path("no such field"));
    String ofPod = pod.map(p -> p.path("status").path("reason").asText("")).orElse("");
    String ofContainer = terminated.path("reason").asText("");
    String reason =
        !ofPod.isEmpty()
            ? ofPod
            : !ofContainer.isEmpty() ? ofContainer : condition.path("reason").asText("Error");
    return new State.Failed(reason, terminated.path("exitCode").asInt(-1), message());
  }

  private Optional<String> message() {
    return pod.map(
            p -> container(p).path("state").path("terminated").path("message").asText("").strip())
        .filter(text -> !text.isEmpty());
  }

  private static String waiting(JsonNode pod, JsonNode container) {
    JsonNode waiting = container.path("state").path("waiting");
    String reason = waiting.path("reason").asText("");
    if (!reason.isEmpty() && !reason.equals("ContainerCreating")) {
      return withDetail(reason, waiting.path("message").asText(""));
    }
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")
          && condition.path("status").asText().equals("False")) {
        return withDetail(
            condition.path("reason").asText("Unschedulable"), condition.path("message").asText(""));
      }
    }
    return reason;
  }

  private static String withDetail(String reason, String detail) {
    return detail.isEmpty() ? reason : reason + ": " + detail;
  }

  private static JsonNode container(JsonNode pod) {
    JsonNode statuses = pod.path("status").path("containerStatuses");
    for (JsonNode status : statuses) {
      if (status.path("name").asText().equals(JobManifest.CONTAINER)) {
        return status;
      }
    }
    return statuses.path(0);
  }
}
