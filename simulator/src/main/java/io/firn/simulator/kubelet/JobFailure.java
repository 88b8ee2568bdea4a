package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.kubelet.PodFailurePolicy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Why a Job is to fail. Once it is said (`FailureTarget`) it stands, and the Job has failed when
/// its last pod has ended.
record JobFailure(String reason, String message) {
  /// Empty where the Job may go on. `left` is the time until its deadline.
  static Optional<JobFailure> of(
      ObjectNode job, List<ObjectNode> pods, JobTally tally, Optional<Duration> left) {
    return Stream.<Optional<JobFailure>>of(
            said(job), byPolicy(job, pods), byCount(job, tally), byTime(left))
        .flatMap(Optional::stream)
        .findFirst();
  }

  static Optional<JobFailure> said(ObjectNode job) {
    return Fields.named(Fields.at(job, "status", "conditions"), "type", "FailureTarget")
        .map(one -> new JobFailure(Fields.text(one, "reason"), Fields.text(one, "message")));
  }

  private static Optional<JobFailure> byPolicy(ObjectNode job, List<ObjectNode> pods) {
    PodFailurePolicy policy = PodFailurePolicy.of(job);
    return pods.stream()
        .filter(pod -> Fields.text(pod, "status", "phase").equals("Failed"))
        .map(policy::verdict)
        .flatMap(
            verdict -> verdict instanceof Verdict.FailsJob(String m) ? Stream.of(m) : Stream.of())
        .findFirst()
        .map(message -> new JobFailure("PodFailurePolicy", message));
  }

  private static Optional<JobFailure> byCount(ObjectNode job, JobTally tally) {
    return tally.failures() > job.path("spec").path("backoffLimit").asInt(6)
        ? Optional.of(
            new JobFailure("BackoffLimitExceeded", "Job has reached the specified backoff limit"))
        : Optional.empty();
  }

  private static Optional<JobFailure> byTime(Optional<Duration> left) {
    return left.filter(time -> !time.isPositive())
        .map(_ ->
            new JobFailure("DeadlineExceeded", "Job was active longer than specified deadline"));
  }
}
