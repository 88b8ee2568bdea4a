package io.firn.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Trial;
import io.firn.cluster.MoverJobs.Manifests;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets the API server try temporary objects without keeping them, so that validation, pod
/// security, quota, limits and webhooks speak before anything is frozen or written.
///
/// Thread-safe. Errors are [ClusterException], where the server could not be asked.
public record ServerTrial(ClusterObjects objects) {

  /// What the server has against an object; empty where it would take it.
  public List<Objection> of(ObjectNode object) {
    List<Objection> found = new ArrayList<>();
    attempt(object, object, found);
    return found;
  }

  /// What it has against a mover: against its Job, and against the Job's pods, which are looked at
  /// only when they are made. `admitted` is the pod with what the server gave it, where it could be
  /// tried.
  public Mover of(Manifests mover) {
    List<Objection> found = new ArrayList<>();
    attempt(mover.job(), mover.job(), found);
    if (found.stream().anyMatch(o -> o.weight() == Objection.Weight.STOP)) {
      return new Mover(found, Optional.empty());
    }
    int warned = found.size();
    Optional<ObjectNode> admitted = attempt(mover.pod(), mover.job(), found);
    if (admitted.isPresent()) {
      // The pod passed: what was said of the Job because of its pods is void, or said again.
      found.subList(0, warned).removeIf(o -> isOfPods(o));
    }
    return new Mover(found.stream().distinct().toList(), admitted);
  }

  /// The outcome for a mover.
  public record Mover(List<Objection> objections, Optional<ObjectNode> admitted) {}

  private Optional<ObjectNode> attempt(ObjectNode object, ObjectNode about, List<Objection> found) {
    ObjectRef ref = ObjectRef.of(about);
    try {
      Trial trial = objects.attempt(object);
      trial.warnings().forEach(text -> found.add(warning(ref, text)));
      return Optional.of(trial.object());
    } catch (ClusterException e) {
      found.add(refusal(object, ref, e));
      return Optional.empty();
    }
  }

  private static Objection refusal(ObjectNode object, ObjectRef about, ClusterException e) {
    String text = String.valueOf(e.getMessage());
    boolean pod = object.path("kind").asText().equals(Kinds.POD.kind());
    return switch (e.code()) {
      case FORBIDDEN ->
          pod
              ? new Objection(
                  Objection.Weight.NOTE,
                  FailureCode.CLUSTER_FORBIDDEN,
                  about,
                  "The movers' pods could not be tried, since this user may not create pods: what"
                      + " pod security, quota and limits of namespace "
                      + about.namespace()
                      + " say of them is unknown",
                  "")
              : Objection.stop(
                  FailureCode.CLUSTER_FORBIDDEN,
                  about,
                  text,
                  "Ask for the right, or let somebody do it who has it.");
      case REJECTED, QUOTA, CONFLICT, NOT_FOUND ->
          Objection.stop(FailureCode.PRECONDITION_FAILED, about, text, NextStep.of(text));
      case ALREADY_EXISTS ->
          Objection.stop(
              FailureCode.PRECONDITION_FAILED,
              about,
              text,
              "Another run is using the name: try again, or ask firn doctor.");
      case NOT_SERVED ->
          Objection.stop(
              FailureCode.KIND_NOT_SUPPORTED,
              about,
              text,
              "Install the API that provides this kind.");
      case NO_CONTEXT, UNREACHABLE, UNAUTHENTICATED, TIMEOUT, SERVER -> throw e;
    };
  }

  private static Objection warning(ObjectRef about, String text) {
    if (text.startsWith("unknown field") || text.startsWith("duplicate field")) {
      return Objection.stop(
          FailureCode.USAGE,
          about,
          "The server knows no such thing: " + text,
          "Correct --mover-template.");
    }
    return new Objection(
        Objection.Weight.WARNING,
        FailureCode.PRECONDITION_FAILED,
        about,
        about + ": " + text,
        NextStep.of(text));
  }

  private static boolean isOfPods(Objection objection) {
    return objection.message().contains("PodSecurity");
  }
}
