package io.firn.restore.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object inside a definition, and its path as a person writes it:
/// `spec.template.spec.volumes[root]`. The path of the definition itself is "".
record Place(String path, ObjectNode node) {
  static Place root(ObjectNode object) {
    return new Place("", object);
  }

  /// The object at a chain of fields; empty where one of them is absent or no object.
  Optional<Place> find(String... fields) {
    Place place = this;
    for (String field : fields) {
      if (!(place.node.path(field) instanceof ObjectNode child)) {
        return Optional.empty();
      }
      place = place.at(field, child);
    }
    return Optional.of(place);
  }

  Place at(String field, ObjectNode child) {
    return new Place(child(field), child);
  }

  /// The objects of a list, named by their `name` where they have one.
  List<Place> each(String list) {
    List<Place> places = new ArrayList<>();
    JsonNode entries = node.path(list);
    for (int i = 0; i < entries.size(); i++) {
      if (entries.path(i) instanceof ObjectNode entry) {
        String name = entry.path("name").asText(Integer.toString(i));
        places.add(new Place(child(list) + "[" + name + "]", entry));
      }
    }
    return places;
  }

  /// The path of a field of this object.
  String child(String field) {
    boolean plain = field.matches("[A-Za-z0-9_]+");
    String step = plain ? (path.isEmpty() ? field : "." + field) : "[" + field + "]";
    return path + step;
  }

  String text(String field) {
    return node.path(field).asText("");
  }
}
