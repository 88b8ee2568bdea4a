package io.firn.backup;

import io.firn.graph.ObjectRef;

/// How a machine is held still while its volumes are cut.
public sealed interface QuiescePlan {
  /// The instance is frozen through its guest agent.
  record Freeze(ObjectRef instance) implements QuiescePlan {}

  /// The machine is stopped: nothing writes.
  record Stopped() implements QuiescePlan {}

  /// The instance runs and is not frozen; the reason says why.
  record Unfrozen(ObjectRef instance, String reason) implements QuiescePlan {}
}
