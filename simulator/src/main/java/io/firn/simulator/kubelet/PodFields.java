package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.util.Map;
import java.util.stream.Collectors;

/// Fields of a pod that its containers may ask for (the downward API).
final class PodFields {
  private PodFields() {}

  /// The value at a path like `metadata.name` or `metadata.labels['app']`; "" where there is none.
  static String value(ObjectNode pod, String path) {
    int bracket = path.indexOf("['");
    if (bracket > 0 && path.endsWith("']")) {
      String key = path.substring(bracket + 2, path.length() - 2);
      return Fields.text(Fields.at(pod, path.substring(0, bracket).split("\\.")), key);
    }
    var found = Fields.at(pod, path.split("\\."));
    return found.isObject()
        ? found.propertyStream().map(PodFields::line).sorted().collect(Collectors.joining("\n"))
        : found.asText("");
  }

  private static String line(Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> entry) {
    return entry.getKey() + "=\"" + entry.getValue().asText() + "\"";
  }
}
