package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.util.Optional;

/// The state of one container: now, and how it ended the time before.
record ContainerReport(
    String name,
    String image,
    int restarts,
    ContainerState state,
    Optional<ContainerState> before) {
  static ContainerReport waiting(ObjectNode container, String reason, String message) {
    return new ContainerReport(
        Fields.text(container, "name"),
        Fields.text(container, "image"),
        0,
        new ContainerState.Waiting(reason, message),
        Optional.empty());
  }

  ContainerReport with(ContainerState next) {
    return new ContainerReport(name, image, restarts, next, before);
  }

  /// The container is to run again after it ended.
  ContainerReport restarting(ContainerState next) {
    return new ContainerReport(name, image, restarts + 1, next, Optional.of(state));
  }

  ObjectNode json() {
    ObjectNode json = Fields.newObject();
    json.put("containerID", "simulator://" + name).put("image", image).put("imageID", image);
    json.set("lastState", before.map(ContainerState::json).orElseGet(Fields::newObject));
    json.put("name", name);
    json.put("ready", state.running());
    json.put("restartCount", restarts);
    json.put("started", state.running());
    json.set("state", state.json());
    return json;
  }
}
