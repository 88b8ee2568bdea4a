package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.cluster.MoverJobs;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Movers as Jobs of `batch/v1`.
final class JobMovers implements MoverJobs {
  private final ClusterObjects objects;
  private final Api api;
  private final UserRanges ranges;

  JobMovers(ClusterObjects objects, Api api) {
    this.objects = objects;
    this.api = api;
    this.ranges = new UserRanges(objects);
  }

  @Override
  public ObjectRef start(MoverSpec spec) {
    return ObjectRef.of(objects.create(manifest(spec).job(), false));
  }

  @Override
  public Manifests manifests(MoverSpec spec) {
    JobManifest manifest = manifest(spec);
    return new Manifests(manifest.job(), manifest.pod());
  }

  private JobManifest manifest(MoverSpec spec) {
    return new JobManifest(spec, ranges.assign(spec.namespace()));
  }

  @Override
  public State state(ObjectRef job) {
    ObjectNode found = objects.get(job).orElseThrow(() -> gone(job));
    Optional<ObjectNode> pod = newestPod(job);
    Optional<String> event = pod.isEmpty() ? createFailure(job) : Optional.empty();
    return new JobState(found, pod, event).read();
  }

  @Override
  public String log(ObjectRef job) {
    return newestPod(job).map(pod -> podLog(ObjectRef.of(pod))).orElse("");
  }

  @Override
  public void delete(ObjectRef job) {
    objects.delete(job, Propagation.BACKGROUND, Optional.empty());
  }

  private String podLog(ObjectRef pod) {
    String path =
        ResourcePath.item(Kinds.POD, pod.namespace(), pod.name())
            + "/log?container="
            + JobManifest.CONTAINER;
    Operation op = new Operation("get", "pods/log", "", pod.namespace(), "log of " + pod);
    ApiResponse response = api.exchange(ApiRequest.get(path), op);
    return switch (response.status()) {
      case 200 -> response.body();
      // Not started yet, or gone with its pod: there is no log to read.
      case 400, 404 -> "";
      default -> throw api.errors().of(response, op);
    };
  }

  /// The pod that speaks for the Job: the one that succeeded, else the newest. Creation times have
  /// whole seconds, so a failed pod and its replacement can share one: the failed one is older.
  private Optional<ObjectNode> newestPod(ObjectRef job) {
    String selector = JobManifest.MOVER_LABEL + "=" + JobManifest.moverLabel(job.name());
    return objects.list(Kinds.POD, job.namespace(), selector).stream()
        .max(
            Comparator.comparing((ObjectNode pod) -> phase(pod).equals("Succeeded"))
                .thenComparing(JobMovers::created)
                .thenComparing(pod -> !phase(pod).equals("Failed"))
                .thenComparing(pod -> pod.path("metadata").path("name").asText()));
  }

  /// Why no pod could be made: a quota or a pod security policy is told in an event only.
  private Optional<String> createFailure(ObjectRef job) {
    List<ObjectNode> events;
    try {
      events = objects.list(Kinds.EVENT, job.namespace(), "");
    } catch (ClusterException e) {
      if (e.code() == ClusterException.Code.FORBIDDEN) {
        return Optional.of("no pod yet; events, which would say why, may not be listed");
      }
      throw e;
    }
    return events.stream()
        .filter(e -> e.path("reason").asText().equals("FailedCreate"))
        .filter(e -> e.path("involvedObject").path("kind").asText().equals(job.kind()))
        .filter(e -> e.path("involvedObject").path("name").asText().equals(job.name()))
        .map(e -> "FailedCreate: " + e.path("message").asText())
        .findFirst();
  }

  private static String phase(JsonNode pod) {
    return pod.path("status").path("phase").asText("");
  }

  private static String created(JsonNode object) {
    return object.path("metadata").path("creationTimestamp").asText("");
  }

  private static ClusterException gone(ObjectRef job) {
    return new ClusterException(
        ClusterException.Code.NOT_FOUND,
        job + " is gone: somebody deleted it, or its namespace. Run the command again.",
        Map.of("object", job.toString()));
  }
}
