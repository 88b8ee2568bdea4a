package io.firn.restore;

import io.firn.cluster.ClusterException;
import io.firn.failure.ClusterFailures;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import java.util.List;
import java.util.Map;

/// The failures of a restore that is under way.
final class RestoreFailures {
  private static final String AGAIN =
      "Nothing was started. Remove the cause and run the same restore again: it goes on from here.";

  private RestoreFailures() {}

  /// What stops a plan, as the failure that running it gives.
  static FirnException notRunnable(RestorePlan plan) {
    if (!plan.conflicts().isEmpty()) {
      RestoreAction.Conflict first = plan.conflicts().getFirst();
      int more = plan.conflicts().size() - 1;
      return failure(
          FailureCode.RESTORE_CONFLICT,
          first.target() + " " + first.reason() + (more > 0 ? ", and " + more + " more" : ""),
          first.nextStep(),
          first.target());
    }
    RestoreFinding stop = plan.stops().getFirst();
    if (stop.code() == FailureCode.CLUSTER_FORBIDDEN && !plan.missing().isEmpty()) {
      return new FirnException(
          new Failure(
              stop.code(),
              stop.message(),
              stop.nextStep(),
              Map.of("object", stop.about().toString(), Failure.ROLES, plan.missing().yaml()),
              false));
    }
    return failure(stop.code(), stop.message(), stop.nextStep(), stop.about());
  }

  /// What the API server said to objects in a namespace that had just been made for them.
  static FirnException refused(List<RestoreFinding> stops) {
    RestoreFinding first = stops.getFirst();
    String more = stops.size() == 1 ? "" : ", and " + (stops.size() - 1) + " more";
    return failure(
        first.code(),
        first.message() + more,
        first.nextStep() + " No data was moved.",
        first.about());
  }

  static FirnException inTheWay(ObjectRef ref) {
    return failure(
        FailureCode.RESTORE_CONFLICT,
        ref + " appeared while the restore was going on, and is not of its making",
        "Plan the restore again.",
        ref);
  }

  static FirnException changed(ObjectRef ref) {
    return failure(
        FailureCode.RESTORE_CONFLICT,
        ref + " is not the object that the plan would remove: it was made anew since",
        "Plan the restore again.",
        ref);
  }

  static FirnException wrongData(ObjectRef claim, String written, String captured) {
    return failure(
        FailureCode.VAULT_DAMAGED,
        "The data written to %s is not what was captured: its digest is %s, not %s"
            .formatted(claim, written, captured),
        "Nothing was started. Check the vault (firn verify), or restore another point.",
        claim);
  }

  static FirnException unexpected(ObjectRef claim) {
    return failure(
        FailureCode.MOVER_FAILED,
        "The mover of " + claim + " left a result that is not one of a restore",
        "Check that the mover's image is of this Firn version.",
        claim);
  }

  /// A failure of the cluster in the middle of it; an interruption is told apart.
  static FirnException of(ClusterException e) {
    if (Thread.currentThread().isInterrupted()) {
      return interrupted(e);
    }
    FirnException known = ClusterFailures.of(e);
    Failure failure = known.failure();
    FailureCode code =
        failure.code() == FailureCode.CLUSTER_FAILED ? FailureCode.RESTORE_FAILED : failure.code();
    return new FirnException(
        new Failure(code, failure.summary(), AGAIN, failure.context(), failure.retryable()), e);
  }

  static FirnException interrupted(Throwable cause) {
    return new FirnException(
        new Failure(
            FailureCode.INTERRUPTED,
            "Interrupted: the restore is not finished",
            "Run the same restore again: it goes on from here.",
            Map.of(),
            true),
        cause);
  }

  private static FirnException failure(
      FailureCode code, String summary, String guidance, ObjectRef about) {
    return new FirnException(
        new Failure(code, summary, guidance, Map.of("object", about.toString()), false));
  }
}
