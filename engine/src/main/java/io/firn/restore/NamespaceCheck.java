package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.failure.FailureCode;
import io.firn.graph.ObjectRef;

/// Asks the API server whether the target namespace could be made, without making it: a plan leaves
/// nothing behind.
record NamespaceCheck(ClusterObjects objects, PlanNotes notes) {

  void check(ObjectNode namespace) {
    ObjectRef ref = ObjectRef.of(namespace);
    try {
      objects.create(namespace, true);
    } catch (ClusterException e) {
      String message = String.valueOf(e.getMessage());
      switch (e.code()) {
        case FORBIDDEN ->
            notes.stop(
                FailureCode.CLUSTER_FORBIDDEN,
                ref,
                ref + " does not exist, and this user may not make it: " + message,
                "Let somebody make it (kubectl create namespace %s), or restore into one that exists (--to-namespace)."
                    .formatted(ref.name()));
        case QUOTA, REJECTED, CONFLICT, NOT_FOUND, NOT_SERVED ->
            notes.stop(
                FailureCode.RESTORE_REJECTED,
                ref,
                "The cluster does not let " + ref + " be made: " + message,
                "Make it the way this cluster wants it, then restore into it.");
        case ALREADY_EXISTS -> {
          // Somebody has made it since we looked: as good.
        }
        case NO_CONTEXT, UNREACHABLE, UNAUTHENTICATED, TIMEOUT, SERVER -> throw e;
      }
    }
  }
}
