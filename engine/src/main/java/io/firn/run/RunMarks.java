package io.firn.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverJobs.RunLabels;
import io.firn.graph.ResourceKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// How temporary objects of a run are marked: label `firn.io/run` (which run),
/// `app.kubernetes.io/managed-by` (firn) and `firn.io/expires` (when anybody may remove it, epoch
/// seconds; a label, and an annotation too), annotation `firn.io/owner` (the process it belongs
/// to). Each object carries all of it: what proves one dead must not go away with another.
public record RunMarks(String run, long expiresEpochSecond) {
  public static final String RUN = "firn.io/run";
  public static final String EXPIRES = "firn.io/expires";
  public static final String OWNER = "firn.io/owner";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /// Selects every temporary object of Firn.
  public static final String SELECTOR = MANAGED_BY + "=firn," + RUN;

  public Map<String, String> labels() {
    return Map.of(RUN, run, MANAGED_BY, "firn", EXPIRES, Long.toString(expiresEpochSecond));
  }

  public RunLabels forMovers() {
    return new RunLabels(run, expiresEpochSecond, RunOwner.self().text());
  }

  public Map<String, String> annotations() {
    return Map.of(EXPIRES, Long.toString(expiresEpochSecond), OWNER, RunOwner.self().text());
  }

  /// The beginning of a temporary object.
  public ObjectNode object(ResourceKind kind, String namespace, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", name).put("namespace", namespace);
    ObjectNode labels = metadata.putObject("labels");
    labels().forEach(labels::put);
    ObjectNode annotations = metadata.putObject("annotations");
    annotations().forEach(annotations::put);
    return object;
  }

  /// Which run an object belongs to; "" where it is none of Firn's.
  public static String run(ObjectNode object) {
    return object.path("metadata").path("labels").path(RUN).asText("");
  }

  /// When an object may be removed by anybody; empty where it does not say.
  public static Optional<Instant> expires(ObjectNode object) {
    String text = object.path("metadata").path("annotations").path(EXPIRES).asText("");
    if (text.isEmpty()) {
      text = object.path("metadata").path("labels").path(EXPIRES).asText("");
    }
    return text.matches("\\d{1,12}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
        : Optional.empty();
  }

  /// The process that a marked object belongs to; empty where it does not say.
  public static Optional<RunOwner> owner(ObjectNode object) {
    return RunOwner.parse(object.path("metadata").path("annotations").path(OWNER).asText(""));
  }
}
