package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.List;

/// How a Job's pods stand. `failures` counts restarts of containers along, as the backoff limit
/// does. A pod that vanished stays counted as failed; one that the Job's policy ignores is not.
record JobTally(
    int active, int ready, int terminating, int succeeded, int failed, int ignored, int failures) {
  static JobTally of(ObjectNode job, List<ObjectNode> pods) {
    PodFailurePolicy policy = PodFailurePolicy.of(job);
    boolean afterTheEnd = replacesAfterTheEnd(job);
    int active = 0;
    int ready = 0;
    int terminating = 0;
    int succeeded = 0;
    int failed = 0;
    int ignored = 0;
    int restarts = 0;
    for (ObjectNode pod : pods) {
      switch (ended(pod) ? end(pod) : Fields.text(pod, "status", "phase")) {
        case "Succeeded" -> succeeded++;
        case "Failed" -> {
          boolean counts = !(policy.verdict(pod) instanceof PodFailurePolicy.Verdict.Ignored);
          failed += counts ? 1 : 0;
          ignored += counts ? 0 : 1;
        }
        default -> {
          if (!Meta.deleting(pod)) {
            active++;
            ready += Fields.text(pod, "status", "phase").equals("Running") ? 1 : 0;
            restarts += restarts(pod);
          } else {
            terminating++;
            failed += afterTheEnd ? 0 : 1;
          }
        }
      }
    }
    int known = Fields.at(job, "status", "failed").asInt();
    // Where pods are ignored one cannot tell whether one more has gone; it is replaced either way.
    boolean vanished =
        active == 0
            && (terminating == 0 || !afterTheEnd)
            && succeeded == 0
            && ignored == 0
            && hadPod(job)
            && failed <= known;
    int counted = Math.max(failed, vanished ? known + 1 : known);
    return new JobTally(
        active, ready, terminating, succeeded, counted, ignored, counted + restarts);
  }

  /// Whether a pod that is being deleted is still in the way of its replacement.
  static boolean replacesAfterTheEnd(ObjectNode job) {
    return Fields.text(job, "spec", "podReplacementPolicy").equals("Failed");
  }

  private static boolean hadPod(ObjectNode job) {
    JsonNode status = job.path("status");
    return status.path("active").asInt() > 0
        || (replacesAfterTheEnd(job) && status.path("terminating").asInt() > 0);
  }

  private static int restarts(ObjectNode pod) {
    int restarts = 0;
    for (JsonNode status : Fields.objects(pod, "status", "containerStatuses")) {
      restarts += status.path("restartCount").asInt();
    }
    return restarts;
  }

  /// Whether no container of it runs any more: also where it was deleted before one did.
  static boolean ended(ObjectNode pod) {
    return List.of("Succeeded", "Failed").contains(Fields.text(pod, "status", "phase"))
        || (Meta.deleting(pod)
            && Fields.at(pod, "metadata", "deletionGracePeriodSeconds").asLong() == 0);
  }

  private static String end(ObjectNode pod) {
    return Fields.text(pod, "status", "phase").equals("Succeeded") ? "Succeeded" : "Failed";
  }

  JobTally withActive(int count) {
    return new JobTally(count, ready, terminating, succeeded, failed, ignored, failures);
  }
}
