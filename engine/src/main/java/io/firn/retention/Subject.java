package io.firn.retention;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whose points are counted together: a machine of a cluster. Machines of a pool or replica set
/// count as that set, since they come and go under names of their own. A point that names no
/// machine counts for its namespace.
public record Subject(String cluster, ObjectRef machine) {

  /// The subjects of a point: it belongs to each.
  static List<Subject> of(PointSummary point) {
    List<Subject> subjects = new ArrayList<>();
    for (ObjectRef machine : point.machines()) {
      if (point.machines().stream().noneMatch(set -> isMember(machine, set))) {
        subjects.add(new Subject(point.cluster(), machine));
      }
    }
    if (subjects.isEmpty()) {
      ObjectRef namespace = ObjectRef.of(Kinds.NAMESPACE, "", point.namespace());
      subjects.add(new Subject(point.cluster(), namespace));
    }
    return subjects;
  }

  /// The level that the subject has in a point: that of its weakest machine.
  io.firn.point.ConsistencyLevel level(PointSummary point) {
    return point.machines().stream()
        .filter(m -> m.equals(machine) || isMember(m, machine))
        .map(point::level)
        .min(java.util.Comparator.naturalOrder())
        .orElse(point.level());
  }

  /// Members are named after their set.
  private static boolean isMember(ObjectRef machine, ObjectRef set) {
    boolean kinds =
        set.kind().equals(Kinds.POOL.kind())
            ? machine.kind().equals(Kinds.VIRTUAL_MACHINE.kind())
            : set.kind().equals(Kinds.REPLICA_SET.kind())
                && machine.kind().equals(Kinds.INSTANCE.kind());
    return kinds && machine.name().startsWith(set.name() + "-");
  }

  /// `vm/orders-db`.
  public String text() {
    String kind =
        machine.kind().equals(Kinds.VIRTUAL_MACHINE.kind())
            ? "vm"
            : machine.kind().equals(Kinds.INSTANCE.kind())
                ? "vmi"
                : machine.kind().equals(Kinds.REPLICA_SET.kind())
                    ? "vmirs"
                    : machine.kind().equals(Kinds.POOL.kind())
                        ? "vmpool"
                        : machine.kind().equals(Kinds.CLAIM.kind())
                            ? "pvc"
                            : machine.kind().toLowerCase(Locale.ROOT);
    return kind + "/" + machine.name();
  }
}
