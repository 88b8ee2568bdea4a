package io.firn.simulator.kubelet;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Decides about one Job. The pause before another try is real time, so a clock that jumps does not
/// hold Jobs up.
final class JobReconciler {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(300);
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final PodTracking tracking;
  private final Map<String, Long> nextTryNanos = new ConcurrentHashMap<>();

  JobReconciler(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, "job-controller", clock);
    this.tracking = new PodTracking(client);
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(JobController.JOB, key.namespace(), key.name());
    List<ObjectNode> named = pods(key);
    if (read.isEmpty() || Meta.deleting(read.get())) {
      tracking.end(named);
      return Optional.empty();
    }
    ObjectNode job = read.get();
    Optional<ObjectNode> end = end(job);
    if (end.isPresent()) {
      tracking.end(named);
      return removeWhenExpired(job, end.get());
    }
    Optional<Duration> next = advance(job, named.stream().filter(pod -> isOf(job, pod)).toList());
    // After the counts were written: a pod that is being deleted goes with this.
    tracking.end(named.stream().filter(pod -> !isOf(job, pod) || JobTally.ended(pod)).toList());
    return next;
  }

  private Optional<Duration> advance(ObjectNode job, List<ObjectNode> pods) {
    JobTally tally = JobTally.of(job, pods);
    Optional<Duration> deadline = untilDeadline(job);
    Optional<JobFailure> failure = JobFailure.of(job, pods, tally, deadline);
    if (tally.succeeded() > 0 && JobFailure.said(job).isEmpty()) {
      complete(job, tally);
    } else if (failure.isPresent()) {
      fail(job, pods, tally, failure.get());
      return Optional.empty();
    } else if (tally.active() == 0 && isFreeForAnother(job, tally)) {
      return tryAgain(job, pods, tally, deadline);
    } else {
      JobStatus.write(client, job, tally, clock.instant());
    }
    return deadline;
  }

  private static boolean isFreeForAnother(ObjectNode job, JobTally tally) {
    return tally.terminating() == 0 || !JobTally.replacesAfterTheEnd(job);
  }

  private static Optional<ObjectNode> end(ObjectNode job) {
    return Fields.first(
        Fields.at(job, "status", "conditions"),
        one ->
            List.of("Complete", "Failed").contains(Fields.text(one, "type"))
                && Fields.text(one, "status").equals("True"));
  }

  private Optional<Duration> removeWhenExpired(ObjectNode job, ObjectNode end) {
    if (!Fields.has(job, "spec", "ttlSecondsAfterFinished")) {
      return Optional.empty();
    }
    long seconds = Fields.at(job, "spec", "ttlSecondsAfterFinished").asLong();
    Instant ended = Instant.parse(Fields.text(end, "lastTransitionTime"));
    Duration left = Duration.between(clock.instant(), ended.plusSeconds(seconds));
    if (left.isPositive()) {
      return Optional.of(left.plusMillis(50));
    }
    client.delete(JobController.JOB, ObjectKey.of(job));
    return Optional.empty();
  }

  /// The pods of the Job of that name, and of others that had it before.
  private List<ObjectNode> pods(ObjectKey job) {
    return client.list(Types.POD, job.namespace(), "batch.kubernetes.io/job-name=" + job.name());
  }

  private static boolean isOf(ObjectNode job, ObjectNode pod) {
    return Meta.label(pod, "batch.kubernetes.io/controller-uid").equals(Meta.uid(job));
  }

  private Optional<Duration> untilDeadline(ObjectNode job) {
    if (!Fields.has(job, "spec", "activeDeadlineSeconds")
        || !Fields.has(job, "status", "startTime")) {
      return Optional.empty();
    }
    Instant end =
        Instant.parse(Fields.text(job, "status", "startTime"))
            .plusSeconds(Fields.at(job, "spec", "activeDeadlineSeconds").asLong());
    return Optional.of(Duration.between(clock.instant(), end));
  }

  private Optional<Duration> tryAgain(
      ObjectNode job, List<ObjectNode> pods, JobTally tally, Optional<Duration> deadline) {
    int number = tally.failed() + tally.ignored();
    String attempt = Meta.uid(job) + "/" + number;
    long pause =
        tally.failed() == 0 ? 0 : FIRST_BACKOFF.toNanos() << Math.min(tally.failed() - 1, 6);
    long next = nextTryNanos.computeIfAbsent(attempt, _ -> System.nanoTime() + pause);
    long left = next - System.nanoTime();
    if (left > 0) {
      JobStatus.write(client, job, tally, clock.instant());
      return Optional.of(Duration.ofNanos(left).plusMillis(1));
    }
    nextTryNanos.remove(attempt);
    createPod(job, number + pods.stream().map(Meta::uid).sorted().collect(joining("/")));
    JobStatus.write(client, job, tally.withActive(1), clock.instant());
    return deadline;
  }

  private void createPod(ObjectNode job, String attempt) {
    ObjectNode pod =
        Types.POD.newObject(Meta.namespace(job), Meta.name(job) + "-" + suffix(job, attempt));
    PodTracking.begin(pod);
    ObjectNode metadata = Fields.object(pod, "metadata");
    metadata.put("generateName", Meta.name(job) + "-");
    ObjectNode template = Fields.object(job, "spec", "template").deepCopy();
    template
        .path("metadata")
        .propertyStream()
        .filter(one -> List.of("labels", "annotations").contains(one.getKey()))
        .forEach(one -> metadata.set(one.getKey(), one.getValue()));
    ObjectNode labels = Meta.labels(pod);
    labels.put("batch.kubernetes.io/controller-uid", Meta.uid(job));
    labels.put("batch.kubernetes.io/job-name", Meta.name(job));
    labels.put("controller-uid", Meta.uid(job)).put("job-name", Meta.name(job));
    Meta.setController(pod, job);
    pod.set("spec", template.path("spec"));
    try {
      client.create(Types.POD, pod);
      events.normal(job, "SuccessfulCreate", "Created pod: " + Meta.name(pod));
    } catch (io.firn.simulator.client.ApiFailure e) {
      if (!e.alreadyExists()) {
        events.warning(job, "FailedCreate", "Error creating: " + e.getMessage());
        throw e;
      }
    }
  }

  /// Follows from the Job and the attempt, so that a try is not made twice. The number of an
  /// attempt is not enough: an ignored pod that has gone is counted nowhere.
  private static String suffix(ObjectNode job, String attempt) {
    long hash = (Meta.uid(job) + attempt).hashCode() & 0xFFFF_FFFFL;
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      suffix.append(SUFFIX_LETTERS.charAt((int) (hash % SUFFIX_LETTERS.length())));
      hash /= SUFFIX_LETTERS.length();
    }
    return suffix.toString();
  }

  private void complete(ObjectNode job, JobTally tally) {
    JobStatus.complete(client, job, tally, clock.instant());
    events.normal(job, "Completed", "Job completed");
  }

  /// Says that it fails, ends what still runs, and when nothing does, says that it has failed.
  private void fail(ObjectNode job, List<ObjectNode> pods, JobTally tally, JobFailure failure) {
    if (JobFailure.said(job).isEmpty()) {
      JobStatus.fail(client, job, tally, "FailureTarget", failure, clock.instant());
    }
    List<ObjectNode> alive = pods.stream().filter(pod -> !JobTally.ended(pod)).toList();
    for (ObjectNode pod : alive) {
      if (!Meta.deleting(pod)) {
        client.delete(Types.POD, ObjectKey.of(pod));
      }
    }
    if (alive.isEmpty()) {
      tracking.end(pods);
      JobStatus.fail(client, job, tally, "Failed", failure, clock.instant());
      events.warning(job, failure.reason(), failure.message());
    }
  }
}
