package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.time.Instant;

/// The phases of an instance's life and the record of when each began.
final class Phases {
  static final String PENDING = "Pending";
  static final String SCHEDULING = "Scheduling";
  static final String SCHEDULED = "Scheduled";
  static final String RUNNING = "Running";
  static final String SUCCEEDED = "Succeeded";
  static final String FAILED = "Failed";

  private Phases() {}

  static String of(JsonNode instance) {
    return Fields.text(instance, "status", "phase");
  }

  static boolean isFinal(JsonNode instance) {
    String phase = of(instance);
    return phase.equals(SUCCEEDED) || phase.equals(FAILED);
  }

  /// Whether the node agent has the instance in hand.
  static boolean isOnNode(JsonNode instance) {
    String phase = of(instance);
    return phase.equals(SCHEDULED) || phase.equals(RUNNING);
  }

  static void enter(ObjectNode instance, String phase, Instant now) {
    if (of(instance).equals(phase)) {
      return;
    }
    Fields.object(instance, "status").put("phase", phase);
    Fields.array(instance, "status", "phaseTransitionTimestamps")
        .addObject()
        .put("phase", phase)
        .put("phaseTransitionTimestamp", Conditions.time(now));
  }
}
