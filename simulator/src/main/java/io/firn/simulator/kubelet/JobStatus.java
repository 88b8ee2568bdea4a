package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import java.time.Instant;
import java.util.List;

/// Writes a Job's status.
final class JobStatus {
  private JobStatus() {}

  static void write(ApiClient client, ObjectNode job, JobTally tally, Instant now) {
    client.modifyStatus(JobController.JOB, ObjectKey.of(job), one -> counts(one, tally, now));
  }

  private static ObjectNode counts(ObjectNode job, JobTally tally, Instant now) {
    ObjectNode status = Fields.object(job, "status");
    Fields.putIfAbsent(status, "startTime", PodReport.time(now));
    count(status, "active", tally.active());
    count(status, "succeeded", tally.succeeded());
    count(status, "failed", tally.failed());
    status.put("ready", tally.ready()).put("terminating", tally.terminating());
    status.putObject("uncountedTerminatedPods");
    return status;
  }

  private static void count(ObjectNode status, String field, int count) {
    if (count == 0) {
      status.remove(field);
    } else {
      status.put(field, count);
    }
  }

  static void complete(ApiClient client, ObjectNode job, JobTally tally, Instant now) {
    client.modifyStatus(
        JobController.JOB,
        ObjectKey.of(job),
        one -> {
          ObjectNode status = counts(one, tally, now);
          status.put("completionTime", PodReport.time(now));
          String message = "Reached expected number of succeeded pods";
          for (String type : List.of("SuccessCriteriaMet", "Complete")) {
            condition(status, type, "CompletionsReached", message, now);
          }
        });
  }

  /// `type` is `FailureTarget` while pods still end, then `Failed`.
  static void fail(
      ApiClient client,
      ObjectNode job,
      JobTally tally,
      String type,
      JobFailure failure,
      Instant now) {
    client.modifyStatus(
        JobController.JOB,
        ObjectKey.of(job),
        one -> {
          ObjectNode status = counts(one, tally, now);
          condition(status, type, failure.reason(), failure.message(), now);
        });
  }

  private static void condition(
      ObjectNode status, String type, String reason, String message, Instant now) {
    Fields.array(status, "conditions")
        .addObject()
        .put("lastProbeTime", PodReport.time(now))
        .put("lastTransitionTime", PodReport.time(now))
        .put("message", message)
        .put("reason", reason)
        .put("status", "True")
        .put("type", type);
  }
}
