package io.firn.restore.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import io.firn.restore.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `kubectl apply` remembers of an object (decision 0052). It stays with an object that keeps
/// its name, with the same rewrites as the object itself, so that the next `kubectl apply` of its
/// manifest neither warns nor takes away anything: only what is remembered can be deleted, so
/// nothing is ever added to it. A copy under another name was applied by nobody, and loses it.
///
/// Stateless but for the context.
record LastApplied(RuleContext context) {
  static final String KEY = "kubectl.kubernetes.io/last-applied-configuration";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Changes the annotation of `object`, which was `captured`; what was changed.
  List<Rewrite> rewrite(ObjectNode captured, ObjectNode object) {
    Optional<Place> metadata = Place.root(object).find("metadata");
    Optional<Place> annotations = metadata.flatMap(m -> m.find("annotations"));
    if (annotations.isEmpty() || !annotations.get().node().has(KEY)) {
      return List.of();
    }
    Edits edits = new Edits(Rewrite.Scope.BOOKKEEPING);
    Optional<ObjectNode> written = read(annotations.get().text(KEY)).filter(w -> isOf(w, captured));
    boolean renamed =
        !ObjectRef.of(captured).name().equals(object.path("metadata").path("name").asText());
    if (renamed || written.isEmpty()) {
      edits.removeKeys(
          metadata.get(),
          "annotations",
          KEY::equals,
          renamed ? "nobody has applied this copy" : "it is not about this object");
    } else {
      ObjectNode after = RestoreRules.applyTo(written.get(), context);
      JsonNode kept = within(after, written.get());
      if (!kept.equals(written.get())) {
        edits.set(annotations.get(), KEY, kept.toString(), "as the object itself");
      }
    }
    return edits.rewrites();
  }

  private static Optional<ObjectNode> read(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException _) {
      // Something else than kubectl wrote it; kubectl would fail on it.
      return Optional.empty();
    }
  }

  private static boolean isOf(ObjectNode written, ObjectNode captured) {
    return written.path("kind").equals(captured.path("kind"))
        && written.path("metadata").path("name").equals(captured.path("metadata").path("name"));
  }

  /// Of `after` only what has a place in `before`.
  private static JsonNode within(JsonNode after, JsonNode before) {
    if (after instanceof ObjectNode object && before instanceof ObjectNode old) {
      ObjectNode kept = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (old.has(field.getKey())) {
          kept.set(field.getKey(), within(field.getValue(), old.get(field.getKey())));
        }
      }
      // kubectl writes empty maps; the rules tidy them away.
      old.properties().stream()
          .filter(field -> field.getValue().isObject() && field.getValue().isEmpty())
          .filter(field -> !kept.has(field.getKey()))
          .forEach(field -> kept.set(field.getKey(), field.getValue()));
      return kept;
    }
    if (after instanceof ArrayNode list && before instanceof ArrayNode old) {
      ArrayNode kept = JSON.createArrayNode();
      for (int i = 0; i < list.size(); i++) {
        int at = i;
        counterpart(list.get(at), old, at).ifPresent(b -> kept.add(within(list.get(at), b)));
      }
      return kept;
    }
    return after;
  }

  /// The entry that a rewritten entry was: of the same name, or at the same index.
  private static Optional<JsonNode> counterpart(JsonNode entry, ArrayNode before, int index) {
    String name = name(entry);
    List<JsonNode> same = new ArrayList<>();
    if (!name.isEmpty()) {
      before.forEach(b -> {
        if (name(b).equals(name)) {
          same.add(b);
        }
      });
    }
    return same.isEmpty() ? Optional.ofNullable(before.get(index)) : Optional.of(same.getFirst());
  }

  private static String name(JsonNode entry) {
    return entry.path("name").asText(entry.path("metadata").path("name").asText(""));
  }
}
