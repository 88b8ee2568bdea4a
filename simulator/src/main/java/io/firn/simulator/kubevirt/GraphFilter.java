package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.io.IOException;

/// Which nodes an object graph request asks for; a dropped node takes its children with it.
record GraphFilter(boolean optional, ObjectNode holder) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static GraphFilter of(String options) {
    ObjectNode holder = Fields.newObject();
    if (options.isBlank()) {
      return new GraphFilter(true, holder);
    }
    try {
      JsonNode parsed = YAML.readTree(options);
      if (parsed.get("labelSelector") instanceof ObjectNode selector) {
        Fields.object(holder, "spec").set("selector", selector);
      }
      return new GraphFilter(parsed.path("includeOptionalNodes").asBoolean(true), holder);
    } catch (IOException e) {
      throw new Answers.Refusal(
          Answers.status(400, "BadRequest", "cannot decode the graph options: " + e.getMessage()));
    }
  }

  boolean keeps(GraphNodes.Node node) {
    if (node.optional() && !optional) {
      return false;
    }
    if (!holder.has("spec")) {
      return true;
    }
    ObjectNode labelled = Fields.newObject();
    Meta.labels(labelled).put("kubevirt.io/dependency-type", node.type());
    return Selectors.picks(holder, labelled);
  }
}
