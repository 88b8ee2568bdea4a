package io.firn.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.run.RunMarks;
import java.util.Optional;
import java.util.Set;

/// Who may be writing to a claim.
record ClaimUsers(ClusterLookup lookup) {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  /// A pod that uses it, or why that cannot be said; empty where nobody does.
  Optional<String> of(ObjectRef claim) {
    Optional<String> unseen = lookup.unreadable(Kinds.POD, claim.namespace());
    if (unseen.isPresent()) {
      return Optional.of("this user may not see who uses it (" + unseen.get() + ")");
    }
    return lookup.list(Kinds.POD, claim.namespace()).stream()
        .filter(pod -> !OVER.contains(pod.at("/status/phase").asText()))
        .filter(pod -> RunMarks.run(pod).isEmpty() && mounts(pod, claim.name()))
        .map(pod -> "it is in use by " + ObjectRef.of(pod) + ", which was not frozen")
        .findFirst();
  }

  private static boolean mounts(ObjectNode pod, String claim) {
    for (JsonNode volume : pod.at("/spec/volumes")) {
      if (volume.at("/persistentVolumeClaim/claimName").asText().equals(claim)) {
        return true;
      }
    }
    return false;
  }
}
