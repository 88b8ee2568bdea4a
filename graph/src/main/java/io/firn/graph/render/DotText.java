package io.firn.graph.render;

import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;

/// A graph in Graphviz' language.
final class DotText {
  private DotText() {}

  static String of(ObjectGraph graph) {
    StringBuilder text = new StringBuilder();
    text.append("digraph firn {\n");
    text.append("  rankdir=LR;\n");
    text.append("  node [shape=box style=\"rounded,filled\" fontname=\"sans-serif\"];\n");
    text.append("  edge [fontname=\"sans-serif\" fontsize=9];\n");
    graph.nodes().values().forEach(node -> text.append(node(node)));
    Arrow.of(graph).forEach(arrow -> text.append(edge(arrow)));
    return text.append("}\n").toString();
  }

  private static String node(GraphNode node) {
    boolean present = node.presence() instanceof Presence.Present;
    String mark =
        switch (node.presence()) {
          case Presence.Present() -> "";
          case Presence.Missing() -> "\\nMISSING";
          case Presence.Unknown(_) -> "\\nunknown";
        };
    return "  %s [label=\"%s\\n%s%s\" fillcolor=\"%s\"%s];\n"
        .formatted(
            id(node.ref()),
            escape(node.ref().kind()),
            escape(node.ref().name()),
            mark,
            Palette.of(node.type()).fill(),
            present ? "" : " style=\"rounded,filled,dashed\" color=\"#d1242f\"");
  }

  private static String edge(Arrow arrow) {
    return "  %s -> %s [label=\"%s\" tooltip=\"%s\" style=%s];\n"
        .formatted(
            id(arrow.from()),
            id(arrow.to()),
            Words.of(arrow.need()),
            escape(String.join(", ", arrow.paths())),
            style(arrow.need()));
  }

  private static String style(Need need) {
    return switch (need) {
      case REQUIRED -> "solid";
      case OPTIONAL -> "dashed";
      case DERIVED, NEVER_RESTORE -> "dotted";
    };
  }

  private static String id(ObjectRef ref) {
    String name = String.join("/", ref.apiGroup(), ref.kind(), ref.namespace(), ref.name());
    return '"' + escape(name) + '"';
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
  }
}
