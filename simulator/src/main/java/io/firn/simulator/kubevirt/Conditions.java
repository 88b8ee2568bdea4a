package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Conditions in `status.conditions`, one per type; a transition time changes with the status only.
/// KubeVirt writes times that it does not know as null, and virt-controller's patches test for
/// exactly that.
final class Conditions {
  private Conditions() {}

  static Optional<ObjectNode> find(JsonNode object, String type) {
    return Fields.named(Fields.at(object, "status", "conditions"), "type", type);
  }

  static boolean isTrue(JsonNode object, String type) {
    return find(object, type).map(c -> Fields.text(c, "status").equals("True")).orElse(false);
  }

  /// Sets a condition; reason and message "" where there are none.
  static ObjectNode set(
      ObjectNode object, String type, boolean status, String reason, String message, Instant now) {
    ArrayNode conditions = Fields.array(object, "status", "conditions");
    ObjectNode condition = find(object, type).orElseGet(() -> conditions.addObject());
    String value = status ? "True" : "False";
    if (!Fields.text(condition, "status").equals(value)) {
      condition.put("lastTransitionTime", time(now));
    }
    condition.put("status", value).put("type", type);
    for (String time : List.of("lastProbeTime", "lastTransitionTime")) {
      if (!condition.has(time)) {
        condition.putNull(time);
      }
    }
    text(condition, "reason", reason);
    text(condition, "message", message);
    return condition;
  }

  static void remove(ObjectNode object, String type) {
    ArrayNode conditions = Fields.array(object, "status", "conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (Fields.text(conditions.get(i), "type").equals(type)) {
        conditions.remove(i);
      }
    }
  }

  private static void text(ObjectNode condition, String field, String value) {
    if (value.isEmpty()) {
      condition.remove(field);
    } else {
      condition.put(field, value);
    }
  }

  /// A time as Kubernetes writes it: whole seconds.
  static String time(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
