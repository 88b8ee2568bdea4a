package io.firn.backup;

import io.firn.backup.PlanFinding.Weight;
import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Findings of a plan while it is made; each once. Not thread-safe.
final class Findings {
  private final SequencedSet<PlanFinding> found = new LinkedHashSet<>();

  void stop(FailureCode code, ObjectRef about, String message, String nextStep) {
    found.add(new PlanFinding(Weight.STOP, code, about, message, nextStep));
  }

  void warn(ObjectRef about, String message, String nextStep) {
    found.add(
        new PlanFinding(Weight.WARNING, FailureCode.PRECONDITION_FAILED, about, message, nextStep));
  }

  void note(ObjectRef about, String message) {
    found.add(new PlanFinding(Weight.NOTE, FailureCode.PRECONDITION_FAILED, about, message, ""));
  }

  /// Whether nothing stops the plan so far.
  boolean runnable() {
    return found.stream().noneMatch(finding -> finding.weight() == Weight.STOP);
  }

  /// The worst first, else in the order found.
  List<PlanFinding> all() {
    return found.stream().sorted((a, b) -> b.weight().compareTo(a.weight())).toList();
  }
}
