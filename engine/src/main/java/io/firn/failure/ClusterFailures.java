package io.firn.failure;

import io.firn.cluster.ClusterException;
import java.util.Optional;

/// Turns what the cluster said into our failure shape: the only place where the two meet.
///
/// Stateless.
public final class ClusterFailures {
  private ClusterFailures() {}

  /// The failure behind a cluster exception; its message already names object and cause.
  public static FirnException of(ClusterException e) {
    boolean retryable =
        switch (e.code()) {
          case UNREACHABLE, TIMEOUT, SERVER, CONFLICT -> true;
          case NO_CONTEXT,
              UNAUTHENTICATED,
              FORBIDDEN,
              NOT_FOUND,
              NOT_SERVED,
              ALREADY_EXISTS,
              REJECTED,
              QUOTA ->
              false;
        };
    String summary = e.getMessage() == null ? e.code().name() : e.getMessage();
    return new FirnException(
        new Failure(code(e.code()), summary, guidance(e), e.context(), retryable), e);
  }

  private static FailureCode code(ClusterException.Code code) {
    return switch (code) {
      case NO_CONTEXT -> FailureCode.CLUSTER_CONTEXT_ABSENT;
      case UNREACHABLE -> FailureCode.CLUSTER_UNREACHABLE;
      case UNAUTHENTICATED -> FailureCode.CLUSTER_UNAUTHENTICATED;
      case FORBIDDEN -> FailureCode.CLUSTER_FORBIDDEN;
      case NOT_FOUND -> FailureCode.OBJECT_NOT_FOUND;
      case NOT_SERVED -> FailureCode.KIND_NOT_SUPPORTED;
      case ALREADY_EXISTS, CONFLICT, REJECTED, QUOTA, TIMEOUT, SERVER -> FailureCode.CLUSTER_FAILED;
    };
  }

  private static String guidance(ClusterException e) {
    return switch (e.code()) {
      case NO_CONTEXT -> "Check --kubeconfig and --context: kubectl config get-contexts.";
      case UNREACHABLE -> "Check that the API server answers: kubectl version.";
      case UNAUTHENTICATED -> "Renew the credentials of this kubeconfig context.";
      case FORBIDDEN ->
          Optional.ofNullable(e.context().get("grantedBy"))
              .map(role ->
                  "Ask for the role " + role + "; firn doctor --rights shows what is missing.")
              .orElse("Ask for a role that allows this verb on this resource.");
      case NOT_FOUND -> "Check the name and the namespace (-n).";
      case NOT_SERVED -> "Install the API that this cluster lacks, or leave the object out.";
      case ALREADY_EXISTS -> "Remove or rename the existing object, then try again.";
      case CONFLICT -> "Somebody else changed the object at the same time: try again.";
      case REJECTED -> "Correct what the API server objects to, then try again.";
      case QUOTA -> "Raise the namespace's quota or free some of it, then try again.";
      case TIMEOUT -> "Look at the object's events (kubectl describe), then try again.";
      case SERVER -> "The API server failed repeatedly: look at its health, then try again.";
    };
  }
}
