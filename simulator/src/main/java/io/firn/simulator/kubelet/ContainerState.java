package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;

/// What a container is doing, as pod status tells it. Times are RFC 3339.
sealed interface ContainerState {
  record Waiting(String reason, String message) implements ContainerState {}

  record Running(String startedAt) implements ContainerState {}

  record Terminated(
      int exitCode, String reason, String message, String startedAt, String finishedAt)
      implements ContainerState {}

  /// As a ContainerState of the API.
  default ObjectNode json() {
    ObjectNode state = Fields.newObject();
    switch (this) {
      case Waiting(String reason, String message) -> {
        ObjectNode waiting = state.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
          waiting.put("message", message);
        }
      }
      case Running(String startedAt) -> state.putObject("running").put("startedAt", startedAt);
      case Terminated ended -> {
        ObjectNode terminated = state.putObject("terminated");
        terminated.put("exitCode", ended.exitCode()).put("reason", ended.reason());
        if (!ended.message().isEmpty()) {
          terminated.put("message", ended.message());
        }
        terminated.put("startedAt", ended.startedAt()).put("finishedAt", ended.finishedAt());
      }
    }
    return state;
  }

  default boolean running() {
    return this instanceof Running;
  }
}
