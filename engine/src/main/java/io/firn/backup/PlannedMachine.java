package io.firn.backup;

import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import java.util.List;

/// One machine of a plan. `root` is what the user named (the machine itself, or its pool or replica
/// set); `claims` are those of its volumes that are captured, in spec order.
public record PlannedMachine(
    ObjectRef machine,
    ObjectRef root,
    String uid,
    QuiescePlan quiesce,
    ConsistencyLevel expected,
    String reason,
    List<ObjectRef> claims) {
  public PlannedMachine {
    claims = List.copyOf(claims);
  }
}
