package io.firn.graph.render;

import io.firn.graph.DependencyType;
import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import java.util.HashMap;
import java.util.Map;

/// A graph as a Mermaid flowchart.
final class MermaidText {
  private final Map<ObjectRef, String> ids = new HashMap<>();
  private final StringBuilder text = new StringBuilder("flowchart LR\n");

  private MermaidText(ObjectGraph graph) {
    graph.nodes().keySet().forEach(ref -> ids.put(ref, "n" + ids.size()));
  }

  static String of(ObjectGraph graph) {
    var mermaid = new MermaidText(graph);
    graph.nodes().values().forEach(mermaid::add);
    Arrow.of(graph).forEach(mermaid::add);
    mermaid.addStyles();
    return mermaid.text.toString();
  }

  private void add(GraphNode node) {
    String mark =
        switch (node.presence()) {
          case Presence.Present() -> "";
          case Presence.Missing() -> "<br/>MISSING";
          case Presence.Unknown(_) -> "<br/>unknown";
        };
    String style = mark.isEmpty() ? node.type().label() : "absent";
    text.append(
        "  %s[\"%s<br/>%s%s\"]:::%s\n"
            .formatted(
                id(node.ref()), escape(node.ref().kind()), escape(node.ref().name()), mark, style));
  }

  private void add(Arrow arrow) {
    text.append("  %s %s %s\n".formatted(id(arrow.from()), arrow(arrow.need()), id(arrow.to())));
  }

  private void addStyles() {
    for (DependencyType type : DependencyType.values()) {
      Palette palette = Palette.of(type);
      text.append(
          "  classDef %s fill:%s,stroke:%s,color:#1f2328\n"
              .formatted(type.label(), palette.fill(), palette.line()));
    }
    text.append("  classDef absent fill:#fff,stroke:#d1242f,stroke-dasharray:5 4,color:#d1242f\n");
  }

  private static String arrow(Need need) {
    return switch (need) {
      case REQUIRED -> "-->";
      case OPTIONAL -> "-. optional .->";
      case DERIVED -> "-. derived .->";
      case NEVER_RESTORE -> "-. never restored .->";
    };
  }

  private String id(ObjectRef ref) {
    return ids.getOrDefault(ref, "unknown");
  }

  private static String escape(String text) {
    return text.replace("&", "#amp;")
        .replace("\"", "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replace("\n", " ");
  }
}
