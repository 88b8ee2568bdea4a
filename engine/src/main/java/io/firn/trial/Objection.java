package io.firn.trial;

import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;

/// What the API server has against something temporary, found out before it is needed. `code` is
/// the failure that going on would give.
public record Objection(
    Weight weight, FailureCode code, ObjectRef about, String message, String nextStep) {

  /// What follows from it.
  public enum Weight {
    /// It could not be found out, or is good to know.
    NOTE,
    /// It may fail.
    WARNING,
    /// It would fail.
    STOP
  }

  static Objection stop(FailureCode code, ObjectRef about, String message, String nextStep) {
    return new Objection(Weight.STOP, code, about, message, nextStep);
  }
}
