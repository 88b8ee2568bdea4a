package io.firn.graph.render;

import io.firn.graph.ClaimUse;
import io.firn.graph.Finding;
import io.firn.graph.GraphNode;
import io.firn.graph.Need;
import io.firn.graph.Needs;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A graph as a picture for browsers and documents: columns from the roots on the left to what they
/// rest on, coloured by dependency type, with every name in full when the pointer rests on a box
/// and every path on an arrow.
final class SvgPicture {
  private static final double MARGIN = 24;
  private static final double HEADING = 56;
  private static final double COLUMN_GAP = 64;
  private static final double NARROWEST = 560;
  private static final double ARROW_HEAD = 6;
  private static final int NAMED_ROOTS = 6;

  private final ObjectGraph graph;
  private final Needs needs;
  private final Set<ObjectRef> roots;
  private final Map<ObjectRef, List<ClaimUse>> uses;
  private final Map<ObjectRef, List<Finding>> findings;
  private final Layout layout;
  private final List<Double> lefts = new ArrayList<>();
  private final List<Double> widths = new ArrayList<>();
  private final Svg svg = new Svg();

  private SvgPicture(ObjectGraph graph) {
    this.graph = graph;
    this.needs = Needs.of(graph);
    this.roots = Set.copyOf(graph.roots());
    this.uses = graph.claims().stream().collect(Collectors.groupingBy(ClaimUse::claim));
    this.findings = graph.findings().stream().collect(Collectors.groupingBy(Finding::about));
    this.layout = new Layout(boxes(), Arrow.of(graph));
    double left = MARGIN;
    for (List<Vertex> column : layout.columns()) {
      double width = column.stream().mapToDouble(Vertex::width).max().orElse(0);
      lefts.add(left);
      widths.add(width);
      left += width + COLUMN_GAP;
    }
  }

  static String of(ObjectGraph graph) {
    return new SvgPicture(graph).draw();
  }

  private List<Box> boxes() {
    String home = graph.roots().stream().findFirst().map(ObjectRef::namespace).orElse("");
    return graph.nodes().values().stream()
        .map(node -> Box.of(node, home, uses.getOrDefault(node.ref(), List.of())))
        .toList();
  }

  private String draw() {
    double right = lefts.isEmpty() ? 0 : lefts.getLast() + widths.getLast();
    double width = Math.max(NARROWEST, right + MARGIN);
    double bottom =
        layout.columns().stream()
            .flatMap(List::stream)
            .mapToDouble(vertex -> vertex.y + vertex.height() / 2)
            .max()
            .orElse(0);
    boolean hasNew = graph.nodes().keySet().stream().anyMatch(this::isNew);
    var legend = new SvgLegend(graph, hasNew, width - 2 * MARGIN);
    double legendTop = MARGIN + HEADING + bottom + MARGIN;
    double height = legendTop + legend.height() + MARGIN / 2;

    open(width, height);
    drawHeading(width);
    layout.routes().forEach(this::drawRoute);
    layout.columns().forEach(column -> column.forEach(this::drawBox));
    legend.draw(svg, MARGIN, legendTop);
    return svg.close("svg").toString();
  }

  private void open(double width, double height) {
    svg.open(
        "svg",
        "xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\""
            .formatted(Svg.number(width), Svg.number(height)));
    svg.title("Object graph of " + heading());
    svg.raw(SvgStyle.sheet());
    svg.raw(
        """
        <defs><marker id="head" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" \
        markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">\
        <path class="head" d="M0 0.5L7.5 4L0 7.5z"/></marker></defs>
        """);
    svg.rectangle(0, 0, width, height, 8, "page");
  }

  private void drawHeading(double width) {
    String heading = Lettering.BOLD.fit(heading(), 16, width - 2 * MARGIN);
    svg.text(MARGIN, MARGIN + 14, "heading", heading);
    long missing = count(Presence.Missing.class);
    long unread = count(Presence.Unknown.class);
    String figures = graph.nodes().size() + " objects";
    figures += missing == 0 ? "" : ", " + missing + " missing";
    figures += unread == 0 ? "" : ", " + unread + " not readable";
    svg.text(MARGIN, MARGIN + 32, "small", figures);
  }

  private String heading() {
    String named =
        graph.roots().stream()
            .limit(NAMED_ROOTS)
            .map(ObjectRef::toString)
            .collect(Collectors.joining(", "));
    int others = graph.roots().size() - NAMED_ROOTS;
    return others <= 0 ? named : named + " and " + others + " more";
  }

  private long count(Class<? extends Presence> presence) {
    return graph.nodes().values().stream()
        .map(GraphNode::presence)
        .filter(presence::isInstance)
        .count();
  }

  private void drawBox(Vertex vertex) {
    vertex.box.ifPresent(box -> drawBox(vertex, box));
  }

  private void drawBox(Vertex vertex, Box box) {
    double x = lefts.get(vertex.column);
    double y = top(vertex.y) - vertex.height() / 2;
    svg.open("g", "class=\"" + style(box.node()) + "\"");
    svg.title(description(box.node()));
    svg.rectangle(x, y, widths.get(vertex.column), vertex.height(), 6, "box");
    svg.rectangle(x, y + 6, 3.5, vertex.height() - 12, 1.5, "bar");
    svg.text(x + Box.PADDING, y + 15, "kind", box.kind());
    svg.text(x + Box.PADDING, y + 31, "name", box.name());
    if (!box.remark().isEmpty()) {
      svg.text(x + Box.PADDING, y + 46, "remark", box.remark());
    }
    svg.close("g");
  }

  private String style(GraphNode node) {
    String style = node.type().label();
    style += roots.contains(node.ref()) ? " root" : "";
    style += isNew(node.ref()) ? " new" : "";
    return switch (node.presence()) {
      case Presence.Present() -> style;
      case Presence.Missing() -> style + " missing";
      case Presence.Unknown(_) -> style + " unread";
    };
  }

  private boolean isNew(ObjectRef ref) {
    return switch (needs.of(ref)) {
      case REQUIRED, OPTIONAL -> false;
      case DERIVED, NEVER_RESTORE -> true;
    };
  }

  private String description(GraphNode node) {
    List<String> lines = new ArrayList<>();
    lines.add(node.ref().toString());
    lines.add(Words.of(needs.of(node.ref())));
    uses.getOrDefault(node.ref(), List.of())
        .forEach(
            use -> lines.add(Words.of(use.role()) + " " + use.volume() + " of " + use.machine()));
    findings.getOrDefault(node.ref(), List.of()).forEach(finding -> lines.add(finding.message()));
    return String.join("\n", lines);
  }

  private void drawRoute(Route route) {
    Need need = route.forward().or(route::backward).map(Arrow::need).orElse(Need.REQUIRED);
    String path = path(route);
    svg.open("g", "");
    svg.title(
        List.of(route.forward(), route.backward()).stream()
            .flatMap(Optional::stream)
            .map(SvgPicture::description)
            .collect(Collectors.joining("\n")));
    svg.empty("path", "class=\"hit\" d=\"" + path + "\"");
    String heads = route.forward().isPresent() ? " marker-end=\"url(#head)\"" : "";
    heads += route.backward().isPresent() ? " marker-start=\"url(#head)\"" : "";
    svg.empty("path", "class=\"%s\"%s d=\"%s\"".formatted(SvgStyle.arrow(need), heads, path));
    svg.close("g");
  }

  private static String description(Arrow arrow) {
    return "%s → %s (%s)\n%s"
        .formatted(
            arrow.from(), arrow.to(), Words.of(arrow.need()), String.join("\n", arrow.paths()));
  }

  /// Curves between columns, level through bends.
  private String path(Route route) {
    List<Vertex> stops = route.stops();
    Vertex first = stops.getFirst();
    double x = right(first) + (route.backward().isPresent() ? ARROW_HEAD : 0);
    StringBuilder path = new StringBuilder("M" + point(x, first.y));
    for (Vertex stop : stops.subList(1, stops.size())) {
      boolean end = stop == stops.getLast();
      double to = lefts.get(stop.column) - (end && route.forward().isPresent() ? ARROW_HEAD : 0);
      double middle = (x + to) / 2;
      Vertex from = stops.get(stops.indexOf(stop) - 1);
      path.append('C').append(point(middle, from.y)).append(' ');
      path.append(point(middle, stop.y)).append(' ').append(point(to, stop.y));
      x = right(stop);
      path.append(end ? "" : "H" + Svg.number(x));
    }
    return path.toString();
  }

  private double right(Vertex vertex) {
    return lefts.get(vertex.column) + widths.get(vertex.column);
  }

  private static String point(double x, double y) {
    return Svg.number(x) + " " + Svg.number(top(y));
  }

  private static double top(double y) {
    return MARGIN + HEADING + y;
  }
}
