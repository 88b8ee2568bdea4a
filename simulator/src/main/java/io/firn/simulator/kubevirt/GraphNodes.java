package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.util.List;

/// Nodes of KubeVirt's object graph.
final class GraphNodes {
  private GraphNodes() {}

  record Node(
      String group,
      String kind,
      String namespace,
      String name,
      String type,
      boolean optional,
      List<Node> children) {
    Node {
      children = List.copyOf(children);
    }

    ObjectNode json(GraphFilter filter) {
      ObjectNode node = Fields.newObject();
      node.putObject("objectReference")
          .put("apiGroup", group)
          .put("kind", kind)
          .put("name", name)
          .put("namespace", namespace);
      node.putObject("labels").put("kubevirt.io/dependency-type", type);
      if (optional) {
        node.put("optional", true);
      }
      ArrayNode kept = Fields.newArray();
      children.stream().filter(filter::keeps).forEach(child -> kept.add(child.json(filter)));
      if (!kept.isEmpty()) {
        node.set("children", kept);
      }
      return node;
    }
  }

  static Node compute(String kind, String namespace, String name, List<Node> children) {
    return new Node("kubevirt.io", kind, namespace, name, "compute", false, children);
  }

  static Node claim(String namespace, String name) {
    return new Node("", "PersistentVolumeClaim", namespace, name, "storage", false, List.of());
  }

  static Node config(String kind, String namespace, String name) {
    return new Node("", kind, namespace, name, "config", false, List.of());
  }
}
