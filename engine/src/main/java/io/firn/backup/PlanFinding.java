package io.firn.backup;

import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;

/// Something that a plan found. One that stops makes the plan not runnable; `code` is then the
/// failure that running it would give.
public record PlanFinding(
    Weight weight, FailureCode code, ObjectRef about, String message, String nextStep) {

  /// What a finding does to the plan.
  public enum Weight {
    /// Good to know.
    NOTE,
    /// The backup is taken, but something is lost or weaker than could be.
    WARNING,
    /// The backup cannot be taken.
    STOP
  }
}
