package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Watches over HTTP: one JSON event a line, replayed from a revision and then as they happen.
///
/// Thread-safe: each watch runs on its request's thread.
final class Watches {
  private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(30);
  private static final Duration DEFAULT_LENGTH = Duration.ofMinutes(45);

  private final Store store;
  private final Reads reads;
  private final Rendering rendering;

  Watches(Store store, Reads reads, Rendering rendering) {
    this.store = store;
    this.reads = reads;
    this.rendering = rendering;
  }

  Reply watch(Target target, ApiRequest request) {
    ListOptions.check(request.query());
    Selection selection = Selection.of(target, request.query());
    Accepted accepted = Accepted.of(request);
    return new Reply.Streamed(
        "application/json", out -> new Stream(selection, request.query(), accepted, out).run());
  }

  /// One watch.
  private final class Stream {
    private final Selection selection;
    private final Query query;
    private final Accepted accepted;
    private final OutputStream out;
    private final boolean bookmarks;
    private long seen;

    Stream(Selection selection, Query query, Accepted accepted, OutputStream out) {
      this.selection = selection;
      this.query = query;
      this.accepted = accepted;
      this.out = out;
      this.bookmarks = query.flag("allowWatchBookmarks");
    }

    void run() throws IOException, InterruptedException {
      start();
      long length = query.number("timeoutSeconds").orElse(DEFAULT_LENGTH.toSeconds());
      long deadline = System.nanoTime() + Duration.ofSeconds(length).toNanos();
      while (!store.isClosed()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        Duration patience = Duration.ofNanos(Math.min(left, BOOKMARK_INTERVAL.toNanos()));
        Optional<List<StoreEvent>> changes =
            store.changes(selection.target().resource().id(), seen, patience);
        if (changes.isEmpty()) {
          tooOld();
          return;
        }
        tell(changes.get());
      }
    }

    /// Brings the client to a known revision: by the objects that there are, unless it comes with a
    /// revision of its own.
    private void start() throws IOException {
      long asked = query.number("resourceVersion").orElse(0);
      boolean initial = query.flag("sendInitialEvents");
      if (asked != 0 && !initial) {
        seen = asked;
        return;
      }
      Store.Snapshot present = reads.select(selection);
      seen = present.revision();
      if (!initial && query.has("sendInitialEvents")) {
        return;
      }
      for (ObjectNode object : present.items()) {
        write("ADDED", shown(object));
      }
      if (initial && bookmarks) {
        ObjectNode mark = bookmark();
        Json.child(Meta.writable(mark), "annotations").put("k8s.io/initial-events-end", "true");
        write("BOOKMARK", mark);
      }
      out.flush();
    }

    private void tell(List<StoreEvent> events) throws IOException {
      for (StoreEvent event : events) {
        seen = event.revision();
        boolean before = event.previous().filter(selection).isPresent();
        boolean now = event.type() != StoreEvent.Type.DELETED && selection.test(event.object());
        if (now) {
          write(before ? "MODIFIED" : "ADDED", shown(event.object()));
        } else if (before) {
          write("DELETED", shown(event.object()));
        }
      }
      if (events.isEmpty() && bookmarks) {
        write("BOOKMARK", bookmark());
      }
      out.flush();
    }

    private JsonNode shown(ObjectNode object) {
      Target target = selection.target();
      return rendering.one(target, Versions.as(target, object), accepted);
    }

    private ObjectNode bookmark() {
      Target target = selection.target();
      ObjectNode mark =
          Json.object()
              .put("kind", target.resource().kind())
              .put("apiVersion", target.apiVersion());
      Meta.writable(mark).put("resourceVersion", Long.toString(seen));
      return mark;
    }

    private void tooOld() throws IOException {
      long oldest = store.compacted(selection.target().resource().id());
      write(
          "ERROR",
          ApiFailure.expired("too old resource version: %d (%d)".formatted(seen, oldest)).status());
      out.flush();
    }

    private void write(String type, JsonNode object) throws IOException {
      ObjectNode event = Json.object().put("type", type);
      event.set("object", object);
      out.write(Json.bytes(event));
      out.write('\n');
    }
  }
}
