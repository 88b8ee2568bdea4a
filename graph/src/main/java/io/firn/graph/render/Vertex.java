package io.firn.graph.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place in the layout: a box, or a bend where a long arrow crosses a column. Changed only while
/// the layout is made.
final class Vertex {
  private static final double BEND_HEIGHT = 6;

  final Optional<Box> box;
  final List<Vertex> before = new ArrayList<>();
  final List<Vertex> after = new ArrayList<>();
  int column;

  /// The position within the column.
  int rank;

  /// The middle, in pixels from the top.
  double y;

  private Vertex(Optional<Box> box) {
    this.box = box;
  }

  static Vertex of(Box box) {
    return new Vertex(Optional.of(box));
  }

  static Vertex bend(int column) {
    Vertex bend = new Vertex(Optional.empty());
    bend.column = column;
    return bend;
  }

  double height() {
    return box.map(Box::height).orElse(BEND_HEIGHT);
  }

  double width() {
    return box.map(Box::width).orElse(0.0);
  }

  boolean isBend() {
    return box.isEmpty();
  }

  static void join(Vertex left, Vertex right) {
    left.after.add(right);
    right.before.add(left);
  }
}
