package io.firn.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes events on objects as a controller does: the same text on the same object is one event
/// with a count, and is not repeated within a second.
///
/// Thread-safe.
public final class EventRecorder {
  private static final long QUIET_NANOS = 1_000_000_000L;

  private final ApiClient client;
  private final String component;
  private final InstantSource clock;
  private final Map<String, Long> written = new ConcurrentHashMap<>();

  public EventRecorder(ApiClient client, String component, InstantSource clock) {
    this.client = client;
    this.component = component;
    this.clock = clock;
  }

  public void normal(JsonNode object, String reason, String message) {
    record(object, "Normal", reason, message);
  }

  public void warning(JsonNode object, String reason, String message) {
    record(object, "Warning", reason, message);
  }

  private void record(JsonNode object, String type, String reason, String message) {
    String hash = String.format(Locale.ROOT, "%08x", (reason + message).hashCode());
    String name = Meta.name(object) + "." + Meta.uid(object).replace("-", "") + hash;
    long now = System.nanoTime();
    Long before = written.put(name, now);
    if (before != null && now - before < QUIET_NANOS) {
      written.put(name, before);
      return;
    }
    String namespace = Meta.namespace(object).isEmpty() ? "default" : Meta.namespace(object);
    try {
      if (before == null || !count(namespace, name)) {
        client.create(Types.EVENT, event(object, namespace, name, type, reason, message));
      }
    } catch (ApiFailure e) {
      // An event is a courtesy: the namespace may be going, or another process wrote the same one.
      written.remove(name);
    }
  }

  private boolean count(String namespace, String name) {
    return client
        .modify(
            Types.EVENT,
            new ObjectKey(namespace, name),
            event ->
                event
                    .put("count", event.path("count").asInt() + 1)
                    .put("lastTimestamp", timestamp()))
        .isPresent();
  }

  private ObjectNode event(
      JsonNode object, String namespace, String name, String type, String reason, String message) {
    ObjectNode event = Types.EVENT.newObject(namespace, name);
    event
        .putObject("involvedObject")
        .put("apiVersion", Fields.text(object, "apiVersion"))
        .put("kind", Fields.text(object, "kind"))
        .put("name", Meta.name(object))
        .put("namespace", Meta.namespace(object))
        .put("resourceVersion", Fields.text(object, "metadata", "resourceVersion"))
        .put("uid", Meta.uid(object));
    event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
    event.put("firstTimestamp", timestamp()).put("lastTimestamp", timestamp());
    event.put("reportingComponent", component).put("reportingInstance", "");
    event.putObject("source").put("component", component);
    return event;
  }

  private String timestamp() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
