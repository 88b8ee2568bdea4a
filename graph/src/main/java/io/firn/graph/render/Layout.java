package io.firn.graph.render;

import io.firn.graph.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A layered drawing from left to right: columns by dependency, rows so that arrows cross little
/// and run level. Deterministic.
final class Layout {
  private static final int SWEEPS = 12;

  private final Map<ObjectRef, Vertex> vertices = new LinkedHashMap<>();
  private final List<List<Vertex>> columns = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();

  Layout(List<Box> boxes, List<Arrow> arrows) {
    Map<ObjectRef, Integer> places =
        Columns.of(
            boxes.stream().map(box -> box.node().ref()).toList(),
            arrows,
            boxes.stream()
                .filter(Box::isUsedClaim)
                .map(box -> box.node().ref())
                .collect(Collectors.toSet()));
    for (Box box : boxes) {
      Vertex vertex = Vertex.of(box);
      vertex.column = places.getOrDefault(box.node().ref(), 0);
      vertices.put(box.node().ref(), vertex);
    }
    route(arrows);
    fillColumns();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      order(sweep % 2 == 0);
    }
    Rows.assign(columns);
  }

  /// The columns from left to right, each from top to bottom, bends included.
  List<List<Vertex>> columns() {
    return columns;
  }

  List<Route> routes() {
    return routes;
  }

  private void route(List<Arrow> arrows) {
    Map<List<Vertex>, Arrow> forward = new LinkedHashMap<>();
    Map<List<Vertex>, Arrow> backward = new LinkedHashMap<>();
    for (Arrow arrow : arrows) {
      Vertex from = vertices.get(arrow.from());
      Vertex to = vertices.get(arrow.to());
      if (from == null || to == null || from == to) {
        continue;
      }
      if (from.column < to.column) {
        forward.put(List.of(from, to), arrow);
      } else {
        backward.put(List.of(to, from), arrow);
      }
    }
    forward.forEach((ends, arrow) ->
        routes.add(
            new Route(
                Optional.of(arrow),
                Optional.ofNullable(backward.remove(ends)),
                stops(ends.getFirst(), ends.getLast()))));
    backward.forEach((ends, arrow) ->
        routes.add(
            new Route(
                Optional.empty(), Optional.of(arrow), stops(ends.getFirst(), ends.getLast()))));
  }

  private static List<Vertex> stops(Vertex left, Vertex right) {
    List<Vertex> stops = new ArrayList<>(List.of(left));
    for (int column = left.column + 1; column < right.column; column++) {
      stops.add(Vertex.bend(column));
    }
    stops.add(right);
    for (int i = 1; i < stops.size(); i++) {
      Vertex.join(stops.get(i - 1), stops.get(i));
    }
    return stops;
  }

  /// The first order is that of a walk along the arrows, which keeps families together.
  private void fillColumns() {
    Map<Vertex, Boolean> placed = new HashMap<>();
    vertices.values().forEach(vertex -> place(vertex, placed));
  }

  private void place(Vertex vertex, Map<Vertex, Boolean> placed) {
    if (placed.putIfAbsent(vertex, true) != null) {
      return;
    }
    while (columns.size() <= vertex.column) {
      columns.add(new ArrayList<>());
    }
    columns.get(vertex.column).add(vertex);
    vertex.rank = columns.get(vertex.column).size();
    vertex.after.forEach(next -> place(next, placed));
  }

  /// Sorts each column by the middle of its neighbours. What has no neighbours on that side keeps
  /// its place, and the others take the places between.
  private void order(boolean leftToRight) {
    for (List<Vertex> column : leftToRight ? columns : columns.reversed()) {
      Map<Vertex, Double> wishes = new HashMap<>();
      for (Vertex vertex : column) {
        List<Vertex> neighbours = leftToRight ? vertex.before : vertex.after;
        neighbours.stream()
            .mapToInt(neighbour -> neighbour.rank)
            .average()
            .ifPresent(wish -> wishes.put(vertex, wish));
      }
      Iterator<Vertex> sorted =
          column.stream()
              .filter(wishes::containsKey)
              .sorted(Comparator.comparingDouble(vertex -> wishes.getOrDefault(vertex, 0.0)))
              .iterator();
      column.replaceAll(vertex -> wishes.containsKey(vertex) ? sorted.next() : vertex);
      for (int rank = 0; rank < column.size(); rank++) {
        column.get(rank).rank = rank;
      }
    }
  }
}
