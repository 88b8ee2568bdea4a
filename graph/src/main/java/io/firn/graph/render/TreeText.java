package io.firn.graph.render;

import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Finding;
import io.firn.graph.GraphNode;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A graph as a tree for a terminal. An object that several others need is drawn out once; where it
/// comes up again it points back. A relation back to an object that the branch comes from (a
/// claim's to its owner) is left out. Findings follow, the worst first.
///
/// ```
/// VirtualMachine/shop/orders-db
/// ├── DataVolume/orders-root               required
/// │   └── PersistentVolumeClaim/orders-root  required  disk root
/// └── Secret/orders-keys                   required  MISSING
/// ```
final class TreeText {
  /// Columns past which a long name pushes what follows to the right instead of all other lines.
  private static final int WIDEST = 64;

  private record Line(String name, String need, String remark) {}

  private final ObjectGraph graph;
  private final Outgoing outgoing;
  private final Map<ObjectRef, ClaimUse> claims = new HashMap<>();
  private final Set<ObjectRef> drawn = new HashSet<>();
  private final Set<ObjectRef> branch = new HashSet<>();
  private final List<Line> lines = new ArrayList<>();

  TreeText(ObjectGraph graph) {
    this.graph = graph;
    this.outgoing = new Outgoing(graph);
    graph.claims().forEach(use -> claims.putIfAbsent(use.claim(), use));
  }

  String text() {
    for (ObjectRef root : graph.roots()) {
      boolean again = drawn.contains(root);
      lines.add(new Line(name(root, ""), "", remark(root, again)));
      if (!again) {
        drawChildren(root, "");
      }
    }
    return columns() + findings();
  }

  private void drawChildren(ObjectRef parent, String indent) {
    drawn.add(parent);
    branch.add(parent);
    List<Relation> children = children(parent);
    for (Relation relation : children) {
      boolean last = relation.equals(children.getLast());
      ObjectRef child = relation.to();
      boolean again = drawn.contains(child);
      lines.add(
          new Line(
              indent + (last ? "└── " : "├── ") + name(child, parent.namespace()),
              Words.of(relation.need()),
              remark(child, again && !children(child).isEmpty())));
      if (!again) {
        drawChildren(child, indent + (last ? "    " : "│   "));
      }
    }
    branch.remove(parent);
  }

  /// One line for each object, however many fields of the parent name it.
  private List<Relation> children(ObjectRef parent) {
    Set<ObjectRef> seen = new HashSet<>(branch);
    return outgoing.from(parent).stream().filter(relation -> seen.add(relation.to())).toList();
  }

  /// `Kind/name`, with the namespace where it is not the parent's.
  private static String name(ObjectRef ref, String near) {
    boolean elsewhere = !ref.namespace().isEmpty() && !ref.namespace().equals(near);
    return ref.kind() + "/" + (elsewhere ? ref.namespace() + "/" : "") + ref.name();
  }

  private String remark(ObjectRef ref, boolean again) {
    List<String> remarks = new ArrayList<>();
    ClaimUse use = claims.get(ref);
    if (use != null) {
      boolean named = use.role() != ClaimRole.BACKEND_STORAGE;
      remarks.add(Words.of(use.role()) + (named ? " " + use.volume() : ""));
    }
    GraphNode node = graph.nodes().get(ref);
    if (node != null) {
      switch (node.presence()) {
        case Presence.Present() -> {}
        case Presence.Missing() -> remarks.add("MISSING");
        case Presence.Unknown(String why) -> remarks.add("unknown: " + why);
      }
    }
    if (again) {
      remarks.add("(see above)");
    }
    return String.join("  ", remarks);
  }

  private String columns() {
    int width =
        lines.stream()
            .mapToInt(line -> line.name().length())
            .filter(w -> w <= WIDEST)
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String need = line.need().isEmpty() ? "" : "  " + line.need();
      String padded = line.name() + " ".repeat(Math.max(0, width - line.name().length())) + need;
      String remark = line.remark();
      int gap = Math.max(0, width + 10 - padded.length()) + 2;
      text.append(remark.isEmpty() ? padded.stripTrailing() : padded + " ".repeat(gap) + remark);
      text.append('\n');
    }
    return text.toString();
  }

  private String findings() {
    StringBuilder text = new StringBuilder();
    List<Finding> worstFirst =
        graph.findings().stream()
            .sorted(Comparator.comparing(Finding::severity).reversed())
            .toList();
    for (Finding finding : worstFirst) {
      text.append(text.isEmpty() ? "\n" : "");
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      text.append("%-7s  %s\n".formatted(severity, finding.message()));
    }
    return text.toString();
  }
}
