package io.firn.simulator.cdi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Writing of a DataVolume's status.
final class VolumeStatus {
  private final ObjectNode volume;
  private final String now;

  VolumeStatus(ObjectNode volume, Instant now) {
    this.volume = volume;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  ObjectNode status() {
    return Fields.object(volume, "status");
  }

  VolumeStatus phase(String phase, String progress) {
    status().put("phase", phase).put("progress", progress);
    return this;
  }

  /// A condition; its times change with its status only.
  VolumeStatus condition(String type, boolean value, String reason, String message) {
    ArrayNode conditions = Fields.array(volume, "status", "conditions");
    ObjectNode condition = Fields.named(conditions, "type", type).orElseGet(conditions::addObject);
    String text = value ? "True" : "False";
    if (!Fields.text(condition, "status").equals(text)) {
      condition.put("lastHeartbeatTime", now).put("lastTransitionTime", now);
    }
    condition.put("status", text).put("type", type);
    put(condition, "reason", reason);
    put(condition, "message", message);
    return this;
  }

  private static void put(ObjectNode condition, String field, String value) {
    if (value.isEmpty()) {
      condition.remove(field);
    } else {
      condition.put(field, value);
    }
  }
}
