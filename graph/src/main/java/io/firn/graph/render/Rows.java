package io.firn.graph.render;

import java.util.ArrayList;
import java.util.List;

/// The heights at which boxes and bends stand. Each wishes to be level with its neighbours; within
/// a column the order is kept and nothing overlaps. Each column is solved exactly for the smallest
/// sum of squared distances from the wishes, left to right and back until all have settled.
final class Rows {
  private static final int ROUNDS = 24;
  private static final double GAP = 12;
  private static final double BEND_GAP = 10;

  private Rows() {}

  static void assign(List<List<Vertex>> columns) {
    for (List<Vertex> column : columns) {
      column.forEach(vertex -> vertex.y = 0);
      settle(column, column.stream().map(_ -> 0.0).toList());
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean leftToRight = round % 2 == 1;
      for (List<Vertex> column : leftToRight ? columns : columns.reversed()) {
        settle(column, column.stream().map(v -> wish(v, leftToRight)).toList());
      }
    }
    double top =
        columns.stream()
            .flatMap(List::stream)
            .mapToDouble(vertex -> vertex.y - vertex.height() / 2)
            .min()
            .orElse(0);
    columns.forEach(column -> column.forEach(vertex -> vertex.y -= top));
  }

  private static double wish(Vertex vertex, boolean leftToRight) {
    List<Vertex> neighbours = leftToRight ? vertex.before : vertex.after;
    return neighbours.stream().mapToDouble(v -> v.y).average().orElse(vertex.y);
  }

  /// Pools neighbours that would overlap and moves each pool to the mean of its wishes (isotonic
  /// regression on the wishes less the room that the vertices above take).
  private static void settle(List<Vertex> column, List<Double> wishes) {
    List<double[]> pools = new ArrayList<>();
    double room = 0;
    double[] rooms = new double[column.size()];
    for (int i = 0; i < column.size(); i++) {
      room += i == 0 ? 0 : distance(column.get(i - 1), column.get(i));
      rooms[i] = room;
      double[] pool = {wishes.get(i) - room, 1};
      while (!pools.isEmpty() && mean(pools.getLast()) > mean(pool)) {
        double[] above = pools.removeLast();
        pool = new double[] {pool[0] + above[0], pool[1] + above[1]};
      }
      pools.add(pool);
    }
    int i = 0;
    for (double[] pool : pools) {
      for (int n = 0; n < pool[1]; n++) {
        column.get(i).y = mean(pool) + rooms[i];
        i++;
      }
    }
  }

  private static double distance(Vertex above, Vertex below) {
    double gap = above.isBend() || below.isBend() ? BEND_GAP : GAP;
    return (above.height() + below.height()) / 2 + gap;
  }

  private static double mean(double[] pool) {
    return pool[0] / pool[1];
  }
}
