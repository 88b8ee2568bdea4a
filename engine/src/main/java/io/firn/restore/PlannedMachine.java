package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Optional;

/// A virtual machine of a plan. It is created halted; `start` is the merge patch that gives it its
/// run state at the end (empty: it stays halted), `runState` the same in words. `owned` are the
/// objects that become its property after it exists: ControllerRevisions, the volume of its TPM and
/// EFI state, claims that it owned before.
public record PlannedMachine(
    ObjectRef source,
    ObjectRef target,
    String runState,
    Optional<ObjectNode> start,
    List<ObjectRef> owned) {
  public PlannedMachine {
    owned = List.copyOf(owned);
  }
}
