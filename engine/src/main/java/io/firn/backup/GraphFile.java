package io.firn.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectGraph;
import io.firn.graph.render.GraphFormat;

/// `graph.json` of a point: `{"roots":[…]}`, each root in KubeVirt's `objectgraph` schema.
/// Stateless.
final class GraphFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GraphFile() {}

  static ObjectNode of(ObjectGraph graph) {
    ObjectNode file = JSON.createObjectNode();
    ArrayNode roots = file.putArray("roots");
    JsonNode rendered = parse(GraphFormat.JSON.render(graph));
    if (rendered.isArray()) {
      rendered.forEach(roots::add);
    } else {
      roots.add(rendered);
    }
    return file;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the graph's JSON is JSON", e);
    }
  }
}
