package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.kubevirt.RunDecision.Instance;
import io.firn.simulator.kubevirt.RunDecision.Request;
import io.firn.simulator.kubevirt.RunDecision.RunStrategy;
import java.util.Optional;

/// A machine's strategy and the requests in `status.stateChangeRequests`: `Stop` names the UID of
/// the instance that is to go, `Start` waits until there is none.
final class RunRequests {
  private RunRequests() {}

  static RunStrategy strategy(JsonNode machine) {
    JsonNode running = Fields.at(machine, "spec", "running");
    return RunStrategy.of(
        text(machine, "spec", "runStrategy"),
        running.isBoolean() ? Optional.of(running.asBoolean()) : Optional.empty());
  }

  static RunDecision decide(ObjectNode machine, Optional<ObjectNode> instance) {
    return RunDecision.decide(strategy(machine), state(instance), request(machine, instance));
  }

  static Instance state(Optional<ObjectNode> instance) {
    return instance
        .map(found ->
            switch (Phases.of(found)) {
              case Phases.SUCCEEDED -> Instance.SUCCEEDED;
              case Phases.FAILED -> Instance.FAILED;
              default -> Instance.LIVE;
            })
        .orElse(Instance.ABSENT);
  }

  private static Request request(ObjectNode machine, Optional<ObjectNode> instance) {
    for (ObjectNode request : objects(machine, "status", "stateChangeRequests")) {
      if (isStart(request) && instance.isEmpty()) {
        return Request.START;
      }
      if (!isStart(request) && stops(request, instance)) {
        return Request.STOP;
      }
    }
    return Request.NONE;
  }

  private static boolean isStart(ObjectNode request) {
    return text(request, "action").equals("Start");
  }

  private static boolean stops(ObjectNode request, Optional<ObjectNode> instance) {
    return instance.map(found -> Meta.uid(found).equals(text(request, "uid"))).orElse(false);
  }

  /// Drops requests that are carried out: a stop whose instance is gone, a start that is about to
  /// happen or has happened.
  static void settle(ObjectNode machine, Optional<ObjectNode> instance) {
    if (!Fields.has(machine, "status", "stateChangeRequests")) {
      return;
    }
    ArrayNode left = Fields.newArray();
    boolean stopping = false;
    for (ObjectNode request : objects(machine, "status", "stateChangeRequests")) {
      boolean keep = isStart(request) ? stopping : stops(request, instance);
      stopping = stopping || (!isStart(request) && keep);
      if (keep) {
        left.add(request);
      }
    }
    ObjectNode status = Fields.object(machine, "status");
    if (left.isEmpty()) {
      status.remove("stateChangeRequests");
    } else {
      status.set("stateChangeRequests", left);
    }
  }
}
