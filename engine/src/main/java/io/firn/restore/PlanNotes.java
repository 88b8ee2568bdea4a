package io.firn.restore;

import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;
import io.firn.restore.RestoreFinding.Weight;
import java.util.ArrayList;
import java.util.List;

/// Findings while a plan is made. For one thread.
final class PlanNotes {
  private final List<RestoreFinding> findings = new ArrayList<>();

  List<RestoreFinding> findings() {
    return List.copyOf(findings);
  }

  void note(ObjectRef about, String message) {
    add(Weight.NOTE, FailureCode.PRECONDITION_FAILED, about, message, "");
  }

  void warn(ObjectRef about, String message, String nextStep) {
    add(Weight.WARNING, FailureCode.PRECONDITION_FAILED, about, message, nextStep);
  }

  void stop(FailureCode code, ObjectRef about, String message, String nextStep) {
    add(Weight.STOP, code, about, message, nextStep);
  }

  private void add(
      Weight weight, FailureCode code, ObjectRef about, String message, String nextStep) {
    findings.add(new RestoreFinding(weight, code, about, message, nextStep));
  }
}
