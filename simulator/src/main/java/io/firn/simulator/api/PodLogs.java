package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `pods/log`: what the kubelet has of a container's output; with `follow` as it grows, until the
/// pod has ended.
///
/// Thread-safe.
final class PodLogs {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Reads reads;
  private final Store store;
  private volatile PodLogSource source = (_, _, _) -> Optional.empty();

  PodLogs(Reads reads, Store store) {
    this.reads = reads;
    this.store = store;
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
    OptionalLong tail = request.query().number("tailLines");
    if (!request.query().flag("follow")) {
      return Reply.text(200, "text/plain", lastLines(log(target, container), tail));
    }
    return new Reply.Streamed("text/plain", out -> follow(target, container, tail, out));
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

  private String log(Target target, String container) {
    return source
        .log(target.namespace(), target.name(), container)
        .orElseThrow(() ->
            ApiFailure.badRequest(
                "container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                    .formatted(container, target.name())));
  }

  private static String lastLines(String log, OptionalLong tail) {
    if (tail.isEmpty()) {
      return log;
    }
    int from = log.endsWith("\n") ? log.length() - 1 : log.length();
    for (long lines = tail.getAsLong(); lines > 0 && from >= 0; lines--) {
      from = log.lastIndexOf('\n', from - 1);
    }
    return tail.getAsLong() == 0 ? "" : log.substring(from + 1);
  }

  private void follow(Target target, String container, OptionalLong tail, OutputStream out)
      throws IOException, InterruptedException {
    String all = source.log(target.namespace(), target.name(), container).orElse("");
    out.write(lastLines(all, tail).getBytes(StandardCharsets.UTF_8));
    out.flush();
    int shown = all.length();
    long seen = store.revision();
    while (!store.isClosed()) {
      boolean ended = hasEnded(target);
      all = source.log(target.namespace(), target.name(), container).orElse(all);
      if (all.length() > shown) {
        out.write(all.substring(shown).getBytes(StandardCharsets.UTF_8));
        out.flush();
        shown = all.length();
      }
      if (ended) {
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
