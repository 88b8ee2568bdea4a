package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/// A way to find objects of a list by something else than their name. Compared by name, so that a
/// list builds each index once.
record Indexing(String name, Function<ObjectNode, List<String>> keys) {
  /// By the UID of each owner.
  static final Indexing OWNER_UID =
      new Indexing(
          "owner UID", object -> Owner.of(object).stream().map(Owner::uid).distinct().toList());

  static Indexing label(String key) {
    return new Indexing("label " + key, object -> nonEmpty(Json.label(object, key)));
  }

  static Indexing annotation(String key) {
    return new Indexing(
        "annotation " + key,
        object -> nonEmpty(object.path("metadata").path("annotations").path(key).asText("")));
  }

  /// By the text at a dotted path.
  static Indexing field(String dottedPath) {
    return new Indexing(
        "field " + dottedPath, object -> Json.text(object, dottedPath).stream().toList());
  }

  private static List<String> nonEmpty(String value) {
    return value.isEmpty() ? List.of() : List.of(value);
  }
}
