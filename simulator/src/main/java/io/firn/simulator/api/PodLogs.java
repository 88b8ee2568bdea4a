package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `pods/log`: what the kubelet has of a container's output; with `follow` as it grows, until the
/// pod has ended.
///
/// Thread-safe.
final class PodLogs {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Reads reads;
  private final Store store;
  private final InstantSource clock;
  private volatile PodLogSource source = (_, _, _) -> Optional.empty();

  PodLogs(Reads reads, Store store, InstantSource clock) {
    this.reads = reads;
    this.store = store;
    this.clock = clock;
  }

  void source(PodLogSource source) {
    this.source = source;
  }

  Reply handle(Target target, ApiRequest request) {
    if (!request.method().equals("GET")) {
      throw ApiFailure.methodNotAllowed();
    }
    ObjectNode pod = reads.require(target.sub(""));
    String container = container(target, pod, request.query().get("container"));
    PodLogOptions options = options(request);
    PodLog log = log(target, container, options.previous());
    if (!options.follow()) {
      byte[] text = new PodLogView(options).next(log, clock.instant(), true);
      return Reply.text(200, "text/plain", new String(text, StandardCharsets.UTF_8));
    }
    return new Reply.Streamed("text/plain", out -> follow(target, container, options, out));
  }

  private PodLogOptions options(ApiRequest request) {
    try {
      return PodLogOptions.of(request.query().values(), clock.instant());
    } catch (IllegalArgumentException e) {
      throw ApiFailure.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static String container(Target target, JsonNode pod, String asked) {
    List<String> names =
        Json.elements(pod.at("/spec/containers")).map(c -> c.path("name").asText()).toList();
    boolean init =
        Json.elements(pod.at("/spec/initContainers"))
            .anyMatch(c -> c.path("name").asText().equals(asked));
    if (asked.isEmpty() && names.size() > 1) {
      throw ApiFailure.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(target.name(), String.join(" ", names)));
    }
    if (!asked.isEmpty() && !names.contains(asked) && !init) {
      throw ApiFailure.badRequest(
          "container %s is not valid for pod %s".formatted(asked, target.name()));
    }
    return asked.isEmpty() ? names.getFirst() : asked;
  }

  private PodLog log(Target target, String container, boolean previous) {
    return source
        .log(target.namespace(), target.name(), container, previous)
        .orElseThrow(() ->
            ApiFailure.badRequest(
                previous
                    ? "previous terminated container \"%s\" in pod \"%s\" not found"
                        .formatted(container, target.name())
                    : "container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                        .formatted(container, target.name())));
  }

  private void follow(Target target, String container, PodLogOptions options, OutputStream out)
      throws IOException, InterruptedException {
    PodLogView view = new PodLogView(options);
    long seen = store.revision();
    while (!store.isClosed()) {
      boolean ended = hasEnded(target);
      Optional<PodLog> log =
          source.log(target.namespace(), target.name(), container, options.previous());
      if (log.isPresent()) {
        out.write(view.next(log.get(), clock.instant(), ended));
        out.flush();
      }
      if (ended || view.full()) {
        return;
      }
      // Woken at once when the pod changes; otherwise the source is asked again now and then.
      store.changes(target.resource().id(), seen, POLL);
      seen = store.revision();
    }
  }

  private boolean hasEnded(Target target) {
    return store
        .find(target.key())
        .map(pod -> pod.at("/status/phase").asText())
        .map(phase -> phase.equals("Succeeded") || phase.equals("Failed"))
        .orElse(true);
  }
}
