package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.List;

/// How a Job's pods stand. `failures` counts restarts of containers along, as the backoff limit
/// does. A pod that vanished stays counted as failed.
record JobTally(int active, int ready, int succeeded, int failed, int failures) {
  static JobTally of(ObjectNode job, List<ObjectNode> pods) {
    int active = 0;
    int ready = 0;
    int succeeded = 0;
    int failed = 0;
    int restarts = 0;
    for (ObjectNode pod : pods) {
      switch (Fields.text(pod, "status", "phase")) {
        case "Succeeded" -> succeeded++;
        case "Failed" -> failed++;
        default -> {
          if (Meta.deleting(pod)) {
            failed++;
          } else {
            active++;
            ready += Fields.text(pod, "status", "phase").equals("Running") ? 1 : 0;
            restarts += restarts(pod);
          }
        }
      }
    }
    int known = Fields.at(job, "status", "failed").asInt();
    boolean vanished = active == 0 && succeeded == 0 && hadActive(job) && failed <= known;
    int counted = Math.max(failed, vanished ? known + 1 : known);
    return new JobTally(active, ready, succeeded, counted, counted + restarts);
  }

  private static boolean hadActive(ObjectNode job) {
    return Fields.at(job, "status", "active").asInt() > 0;
  }

  private static int restarts(ObjectNode pod) {
    int restarts = 0;
    for (JsonNode status : Fields.objects(pod, "status", "containerStatuses")) {
      restarts += status.path("restartCount").asInt();
    }
    return restarts;
  }

  static boolean ended(ObjectNode pod) {
    return List.of("Succeeded", "Failed").contains(Fields.text(pod, "status", "phase"));
  }

  JobTally withActive(int count) {
    return new JobTally(count, ready, succeeded, failed, failures);
  }
}
