package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A column of a table and how its cells come out of an object.
record TableColumn(
    String name, String type, String format, int priority, Function<JsonNode, JsonNode> cell) {

  static List<TableColumn> of(Target target, Instant now) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(
        new TableColumn(
            "Name", "string", "name", 0, object -> TextNode.valueOf(Meta.name(object))));
    if (!target.resource().custom()) {
      columns.addAll(BuiltinColumns.of(target.resource(), now));
      return columns;
    }
    if (target.version().columns().isEmpty()) {
      columns.add(age(now));
    }
    target.version().columns().forEach(column -> columns.add(printed(column, now)));
    return columns;
  }

  static TableColumn text(String name, Function<JsonNode, String> cell) {
    return new TableColumn(name, "string", "", 0, object -> TextNode.valueOf(cell.apply(object)));
  }

  static TableColumn age(Instant now) {
    return text("Age", o -> Ages.of(Meta.of(o).path("creationTimestamp").asText(), now));
  }

  TableColumn wide() {
    return new TableColumn(name, type, format, 1, cell);
  }

  private static TableColumn printed(Resource.PrinterColumn column, Instant now) {
    JsonPaths path = JsonPaths.parse(column.path());
    return new TableColumn(
        column.name(),
        column.type(),
        column.format(),
        column.priority(),
        object -> cell(path.find(object), column.type(), now));
  }

  private static JsonNode cell(List<JsonNode> found, String type, Instant now) {
    if (found.isEmpty()) {
      return type.equals("date") ? TextNode.valueOf("<unknown>") : NullNode.instance;
    }
    JsonNode first = found.getFirst();
    return switch (type) {
      case "date" -> TextNode.valueOf(Ages.of(first.asText(), now));
      case "string" ->
          TextNode.valueOf(
              found.stream()
                  .map(v -> v.isValueNode() ? v.asText() : Json.text(v))
                  .collect(Collectors.joining(",")));
      default -> first;
    };
  }

  ObjectNode definition() {
    return Json.object()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", "")
        .put("priority", priority);
  }
}
