package io.firn.restore;

import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;

/// Something that a plan found. One that stops makes the plan not runnable; `code` is then the
/// failure that running it would give.
public record RestoreFinding(
    Weight weight, FailureCode code, ObjectRef about, String message, String nextStep) {

  /// What a finding does to the plan.
  public enum Weight {
    /// Good to know.
    NOTE,
    /// The restore goes on, but something may not be as before.
    WARNING,
    /// The restore cannot be done.
    STOP
  }
}
