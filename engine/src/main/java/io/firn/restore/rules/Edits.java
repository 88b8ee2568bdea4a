package io.firn.restore.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firn.restore.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Changes an object and writes down each change. Setting what is there already, or removing what
/// is not, changes nothing and is not written down.
///
/// For one thread.
final class Edits {
  private static final int LONGEST_VALUE = 120;

  private final Rewrite.Scope scope;
  private final List<Rewrite> rewrites = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Edits(Rewrite.Scope scope) {
    this.scope = scope;
  }

  List<Rewrite> rewrites() {
    return List.copyOf(rewrites);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// Something that the user should know beyond the rewrites.
  void warn(String message) {
    warnings.add(message);
  }

  void set(Place place, String field, String value, String reason) {
    set(place, field, TextNode.valueOf(value), reason);
  }

  void set(Place place, String field, JsonNode value, String reason) {
    JsonNode before = place.node().path(field);
    if (!before.equals(value)) {
      place.node().set(field, value);
      add(place.child(field), shown(before), shown(value), reason);
    }
  }

  void remove(Place place, String field, String reason) {
    if (place.node().has(field)) {
      JsonNode before = place.node().remove(field);
      add(place.child(field), shown(before), Optional.empty(), reason);
    }
  }

  /// Removes the annotations or labels whose keys are meant; a map left empty goes as well.
  void removeKeys(Place metadata, String map, Predicate<String> keys, String reason) {
    if (metadata.node().path(map) instanceof ObjectNode entries) {
      List<String> names = new ArrayList<>();
      entries.fieldNames().forEachRemaining(names::add);
      Place place = metadata.at(map, entries);
      names.stream().filter(keys).forEach(name -> remove(place, name, reason));
      if (entries.isEmpty()) {
        metadata.node().remove(map);
      }
    }
  }

  /// Sets one annotation or label, making the map where there is none.
  void setKey(Place metadata, String map, String key, String value, String reason) {
    set(metadata.at(map, metadata.node().withObjectProperty(map)), key, value, reason);
  }

  /// Writes down that an entry of a list was removed.
  void removedEntry(Place place, String reason) {
    add(place.path(), shown(place.node()), Optional.empty(), reason);
  }

  private void add(String path, Optional<String> before, Optional<String> after, String reason) {
    rewrites.add(new Rewrite(path, before, after, reason, scope));
  }

  private static Optional<String> shown(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return Optional.of(
        text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text);
  }
}
