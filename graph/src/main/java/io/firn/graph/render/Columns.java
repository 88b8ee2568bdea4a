package io.firn.graph.render;

import io.firn.graph.ObjectRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/// Which column each object stands in: right of everything that leads to it. Arrows that would
/// close a circle are turned round for this. Objects that belong together (the claims of machines,
/// some of which hang on a DataVolume and some on the machine itself) share a column.
final class Columns {
  private final Map<ObjectRef, SequencedSet<ObjectRef>> after = new HashMap<>();
  private final Map<ObjectRef, SequencedSet<ObjectRef>> before = new HashMap<>();
  private final Deque<ObjectRef> finished = new ArrayDeque<>();
  private final Map<ObjectRef, Integer> columns = new HashMap<>();

  private Columns() {}

  /// The column of each object, counted from 0 at the left.
  static Map<ObjectRef, Integer> of(
      List<ObjectRef> objects, List<Arrow> arrows, Set<ObjectRef> together) {
    var columns = new Columns();
    columns.turnCircles(objects, arrows);
    columns.pushRight(Set.of(), 0);
    int shared =
        together.stream()
            .mapToInt(object -> columns.columns.getOrDefault(object, 0))
            .max()
            .orElse(0);
    columns.pushRight(together, shared);
    return columns.columns;
  }

  private void turnCircles(List<ObjectRef> objects, List<Arrow> arrows) {
    Map<ObjectRef, List<ObjectRef>> targets = new HashMap<>();
    arrows.forEach(
        arrow -> targets.computeIfAbsent(arrow.from(), _ -> new ArrayList<>()).add(arrow.to()));
    Set<ObjectRef> open = new HashSet<>();
    Set<ObjectRef> seen = new HashSet<>();
    objects.forEach(object -> visit(object, targets, open, seen));
  }

  private void visit(
      ObjectRef object,
      Map<ObjectRef, List<ObjectRef>> targets,
      Set<ObjectRef> open,
      Set<ObjectRef> seen) {
    if (!seen.add(object)) {
      return;
    }
    open.add(object);
    for (ObjectRef target : targets.getOrDefault(object, List.of())) {
      if (open.contains(target)) {
        link(target, object);
      } else {
        link(object, target);
        visit(target, targets, open, seen);
      }
    }
    open.remove(object);
    finished.addFirst(object);
  }

  private void link(ObjectRef left, ObjectRef right) {
    if (!left.equals(right)) {
      after.computeIfAbsent(left, _ -> new LinkedHashSet<>()).add(right);
      before.computeIfAbsent(right, _ -> new LinkedHashSet<>()).add(left);
    }
  }

  private void pushRight(Set<ObjectRef> together, int shared) {
    for (ObjectRef object : finished) {
      int column =
          before.getOrDefault(object, new LinkedHashSet<>()).stream()
              .mapToInt(previous -> columns.getOrDefault(previous, 0) + 1)
              .max()
              .orElse(0);
      columns.put(object, together.contains(object) ? Math.max(column, shared) : column);
    }
  }
}
