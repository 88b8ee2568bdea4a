package io.firn.graph.render;

import io.firn.graph.DependencyType;
import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.ObjectGraph;
import io.firn.graph.Presence;
import io.firn.graph.Relation;
import java.util.ArrayList;
import java.util.List;

/// What the colours and lines of a picture mean: only those that occur in it, in as many rows as
/// the picture's width asks for.
final class SvgLegend {
  private static final double ROW = 22;
  private static final double SIGN = 26;
  private static final double SPACE = 22;
  private static final double LETTERS = 11;

  private record Entry(String words, String style, boolean line) {
    double width() {
      return SIGN + 8 + Lettering.PLAIN.width(words, LETTERS) + SPACE;
    }
  }

  private final List<List<Entry>> rows = new ArrayList<>();

  SvgLegend(ObjectGraph graph, boolean hasNew, double width) {
    List<Entry> entries = entries(graph, hasNew);
    double x = 0;
    for (Entry entry : entries) {
      if (rows.isEmpty() || x + entry.width() > width + SPACE) {
        rows.add(new ArrayList<>());
        x = 0;
      }
      rows.getLast().add(entry);
      x += entry.width();
    }
  }

  double height() {
    return rows.size() * ROW;
  }

  void draw(Svg svg, double left, double top) {
    double y = top + ROW / 2;
    for (List<Entry> row : rows) {
      double x = left;
      for (Entry entry : row) {
        draw(svg, entry, x, y);
        x += entry.width();
      }
      y += ROW;
    }
  }

  private static void draw(Svg svg, Entry entry, double x, double y) {
    if (entry.line()) {
      svg.empty(
          "path",
          "class=\"%s\" marker-end=\"url(#head)\" d=\"M%s %sH%s\""
              .formatted(entry.style(), Svg.number(x), Svg.number(y), Svg.number(x + SIGN - 5)));
    } else {
      svg.open("g", "class=\"" + entry.style() + "\"");
      svg.rectangle(x, y - 7, SIGN - 2, 14, 4, "box");
      svg.close("g");
    }
    svg.text(x + SIGN + 6, y + 4, "small", entry.words());
  }

  private static List<Entry> entries(ObjectGraph graph, boolean hasNew) {
    List<Entry> entries = new ArrayList<>();
    for (DependencyType type : DependencyType.values()) {
      if (graph.nodes().values().stream().anyMatch(node -> node.type() == type)) {
        entries.add(new Entry(type.label(), type.label(), false));
      }
    }
    if (hasNew) {
      entries.add(new Entry("made anew, not restored", "other new", false));
    }
    if (graph.nodes().values().stream().anyMatch(SvgLegend::isMissing)) {
      entries.add(new Entry("missing", "other missing", false));
    }
    for (Need need : Need.values()) {
      if (graph.relations().stream().map(Relation::need).anyMatch(need::equals)) {
        entries.add(new Entry(Words.of(need), SvgStyle.arrow(need), true));
      }
    }
    return entries;
  }

  private static boolean isMissing(GraphNode node) {
    return node.presence() instanceof Presence.Missing;
  }
}
