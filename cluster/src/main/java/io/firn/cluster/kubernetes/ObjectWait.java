package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Waits for an object to become what is wanted: looks, watches from there, and looks again when
/// the watch ends, breaks, or stays silent for long. Where watching is refused it looks every
/// second, and where listing is refused too it asks for the object by its name.
final class ObjectWait {
  private static final Duration RESYNC = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Api api;
  private final ObjectPages pages;
  private final Pause pause;

  ObjectWait(Api api, ObjectPages pages, Pause pause) {
    this.api = api;
    this.pages = pages;
    this.pause = pause;
  }

  Optional<ObjectNode> until(
      ResourceKind kind,
      ObjectRef ref,
      Predicate<Optional<ObjectNode>> condition,
      Duration atMost,
      Operation op) {
    // Monotonic: a clock that jumps must neither end nor prolong a wait.
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (true) {
        ObjectPages.Found found = look(kind, ref);
        if (condition.test(found.object())) {
          return found.object();
        }
        if (remaining(deadline).isNegative()) {
          throw api.errors().timeout(late(ref, found.object(), atMost), op);
        }
        if (found.resourceVersion().isEmpty()) {
          pause.of(min(remaining(deadline), POLL));
          continue;
        }
        Optional<Optional<ObjectNode>> reached =
            follow(kind, ref, condition, found.resourceVersion(), deadline);
        if (reached.isPresent()) {
          return reached.get();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw api.errors().timeout("Interrupted while waiting for " + ref + ".", op);
    }
  }

  private ObjectPages.Found look(ResourceKind kind, ObjectRef ref) {
    try {
      return pages.one(kind, ref.namespace(), ref.name(), operation("list", kind, ref));
    } catch (ClusterException e) {
      if (e.code() != ClusterException.Code.FORBIDDEN) {
        throw e;
      }
      String path = ResourcePath.item(kind, ref.namespace(), ref.name());
      return new ObjectPages.Found(api.find(ApiRequest.get(path), operation("get", kind, ref)), "");
    }
  }

  private static Operation operation(String verb, ResourceKind kind, ObjectRef ref) {
    return new Operation(verb, kind.plural(), kind.apiGroup(), ref.namespace(), ref.toString());
  }

  /// Follows one watch; empty where it ended without the condition being reached.
  private Optional<Optional<ObjectNode>> follow(
      ResourceKind kind,
      ObjectRef ref,
      Predicate<Optional<ObjectNode>> condition,
      String resourceVersion,
      long deadline)
      throws InterruptedException {
    Duration left = min(remaining(deadline), RESYNC);
    String path =
        ResourcePath.collection(kind, ref.namespace())
            + "?watch=true&allowWatchBookmarks=true&fieldSelector="
            + ResourcePath.encode("metadata.name=" + ref.name())
            + "&resourceVersion="
            + ResourcePath.encode(resourceVersion)
            + "&timeoutSeconds="
            + Math.max(1, left.toSeconds() + 1);
    Optional<WatchStream> watch = api.watch(path, left.plus(POLL));
    if (watch.isEmpty()) {
      pause.of(min(left, POLL));
      return Optional.empty();
    }
    long resync = System.nanoTime() + left.toNanos();
    try (WatchStream stream = watch.get()) {
      while (true) {
        Optional<String> line = stream.next(remaining(resync));
        if (line.isEmpty()) {
          return Optional.empty();
        }
        JsonNode event = Json.parseOrEmpty(line.get());
        switch (event.path("type").asText()) {
          case "ADDED", "MODIFIED" -> {
            Optional<ObjectNode> now = Optional.of((ObjectNode) event.path("object"));
            if (condition.test(now)) {
              return Optional.of(now);
            }
          }
          case "DELETED" -> {
            if (condition.test(Optional.empty())) {
              return Optional.of(Optional.empty());
            }
          }
          case "BOOKMARK" -> {}
          default -> {
            // ERROR (410 Gone, say) or something unknown: look again from the start.
            pause.of(Duration.ofMillis(50));
            return Optional.empty();
          }
        }
      }
    }
  }

  private static String late(ObjectRef ref, Optional<ObjectNode> last, Duration atMost) {
    String state =
        last.map(o -> o.path("status").path("phase").asText(""))
            .filter(phase -> !phase.isEmpty())
            .map(phase -> " (phase " + phase + ")")
            .orElse(last.isEmpty() ? " (it does not exist)" : "");
    return "%s%s is not as awaited after %d s. Look at it with kubectl describe, and at its events."
        .formatted(ref, state, atMost.toSeconds());
  }

  private static Duration remaining(long deadline) {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
