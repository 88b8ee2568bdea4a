package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A set of fields, each as its path in FieldsV1's steps: `f:` a field, `k:` an element by key,
/// `v:` an element by value, `.` the element itself.
record FieldSet(Set<List<String>> paths) {
  FieldSet {
    paths = new LinkedHashSet<>(paths);
  }

  static FieldSet empty() {
    return new FieldSet(Set.of());
  }

  static FieldSet ofTree(JsonNode tree) {
    Set<List<String>> paths = new LinkedHashSet<>();
    collect(tree, List.of(), paths);
    return new FieldSet(paths);
  }

  private static void collect(JsonNode tree, List<String> at, Set<List<String>> paths) {
    if (tree.isEmpty() && !at.isEmpty()) {
      paths.add(at);
    }
    for (var entry : tree.properties()) {
      List<String> below = new ArrayList<>(at);
      below.add(entry.getKey());
      collect(entry.getValue(), List.copyOf(below), paths);
    }
  }

  ObjectNode toTree() {
    ObjectNode tree = Json.object();
    for (List<String> path : paths) {
      ObjectNode node = tree;
      for (String step : path) {
        node = Json.child(node, step);
      }
    }
    return tree;
  }

  FieldSet plus(Collection<List<String>> more) {
    Set<List<String>> all = new LinkedHashSet<>(paths);
    all.addAll(more);
    return new FieldSet(all);
  }

  FieldSet minus(Collection<List<String>> gone) {
    Set<List<String>> left = new LinkedHashSet<>(paths);
    left.removeAll(gone);
    return new FieldSet(left);
  }

  boolean isEmpty() {
    return paths.isEmpty();
  }

  /// A path as messages print it: `.spec.containers[name="a"].image`.
  static String print(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String step : path) {
      if (step.startsWith("f:")) {
        text.append('.').append(step, 2, step.length());
      } else if (step.startsWith("k:")) {
        List<String> parts = new ArrayList<>();
        Json.parse(step.substring(2))
            .properties()
            .forEach(entry -> parts.add(entry.getKey() + "=" + Json.text(entry.getValue())));
        text.append('[').append(String.join(",", parts)).append(']');
      } else if (step.startsWith("v:")) {
        text.append("[=").append(step, 2, step.length()).append(']');
      }
    }
    return text.toString();
  }
}
