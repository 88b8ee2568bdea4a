package io.firn.run;

import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import io.firn.point.PointName;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Takes [MachineLock]s. The API server decides who was first.
public record MachineLocks(ClusterObjects objects, InstantSource clock) {
  public static final String HELD_GUIDANCE =
      "Wait for it. If it is dead, firn doctor says so and removes what it left.";

  /// `PRECONDITION_FAILED` where another run that may be alive holds it; a dead run's is taken
  /// over.
  public void take(ObjectRef machine, RunMarks marks, PointName point) {
    if (tryTake(machine, marks, point)) {
      return;
    }
    ObjectRef ref = MachineLock.refOf(machine);
    Optional<MachineLock> held = objects.get(ref).flatMap(MachineLock::read);
    if (held.isPresent() && held.get().over(clock.instant()).isEmpty()) {
      throw held(held.get());
    }
    held.ifPresent(lock ->
        objects.delete(
            ref,
            Propagation.BACKGROUND,
            Optional.of(lock.object().path("metadata").path("uid").asText())));
    if (!tryTake(machine, marks, point)) {
      throw objects
          .get(ref)
          .flatMap(MachineLock::read)
          .map(MachineLocks::held)
          .orElseGet(() -> contended(machine));
    }
  }

  public static String heldText(MachineLock lock) {
    return lock.machine()
        + " is being backed up by another run ("
        + lock.run()
        + ", since "
        + lock.since()
        + ")";
  }

  private boolean tryTake(ObjectRef machine, RunMarks marks, PointName point) {
    try {
      objects.create(
          MachineLock.objectFor(machine, marks, RunOwner.self(), clock.instant(), point), false);
      return true;
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private static FirnException held(MachineLock lock) {
    return refusal(lock.machine(), heldText(lock));
  }

  private static FirnException contended(ObjectRef machine) {
    return refusal(machine, machine + " is being backed up by another run that has just begun");
  }

  private static FirnException refusal(ObjectRef machine, String text) {
    return new FirnException(
        new Failure(
            FailureCode.PRECONDITION_FAILED,
            text,
            HELD_GUIDANCE,
            Map.of("machine", machine.toString()),
            true));
  }
}
