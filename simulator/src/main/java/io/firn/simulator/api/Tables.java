package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;

/// Objects as `kubectl get` prints them.
final class Tables {
  private final InstantSource clock;

  Tables(InstantSource clock) {
    this.clock = clock;
  }

  JsonNode table(Target target, List<ObjectNode> objects, ObjectNode meta, Accepted accepted) {
    ObjectNode table =
        Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/" + accepted.version());
    table.set("metadata", meta);
    List<TableColumn> columns = TableColumn.of(target, clock.instant());
    columns.forEach(column -> table.withArray("columnDefinitions").add(column.definition()));
    table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = table.withArray("rows").addObject();
      columns.forEach(column -> row.withArray("cells").add(column.cell().apply(object)));
      switch (accepted.includeObject()) {
        case "None" -> {}
        case "Object" -> row.set("object", object);
        default -> row.set("object", Rendering.partial(object, accepted.version()));
      }
    }
    return table;
  }
}
