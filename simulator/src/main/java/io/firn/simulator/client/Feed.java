package io.firn.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells of every object of a kind: those that exist, and each change and deletion after that.
/// Lists, then watches; begins again when the watch breaks or is too old. An object may be told
/// twice.
///
/// Thread-safe; `changed` is called from one thread.
public final class Feed implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ApiClient client;
  private final ResourceType type;
  private final Consumer<ObjectNode> changed;
  private final Map<ObjectKey, ObjectNode> known = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable InputStream open;

  public Feed(ApiClient client, ResourceType type, Consumer<ObjectNode> changed) {
    this.client = client;
    this.type = type;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("feed-" + type.plural()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!isClosed()) {
      try {
        follow(relist());
      } catch (ApiFailure | UncheckedIOException e) {
        // The server is away, the kind not served yet, or the watch too old: list again.
        pause();
      }
    }
  }

  private String relist() {
    ObjectNode list = client.listing(type, "", "");
    Map<ObjectKey, ObjectNode> gone = new HashMap<>(known);
    known.clear();
    for (ObjectNode item : Fields.objects(list, "items")) {
      ApiClient.typed(item, type);
      gone.remove(ObjectKey.of(item));
      known.put(ObjectKey.of(item), item);
      changed.accept(item);
    }
    gone.values().forEach(changed);
    return Fields.text(list, "metadata", "resourceVersion");
  }

  private void follow(String from) {
    String version = from;
    while (!isClosed()) {
      try (InputStream stream = client.watch(type, version)) {
        open = stream;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          version = told(Fields.JSON.readTree(line), version);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String told(JsonNode event, String version) {
    String kind = Fields.text(event, "type");
    if (kind.equals("ERROR")) {
      throw new ApiFailure(
          event.path("object").path("code").asInt(), "", Fields.text(event, "object", "message"));
    }
    if (event.get("object") instanceof ObjectNode object && !kind.equals("BOOKMARK")) {
      remember(kind, object);
      changed.accept(object);
    }
    String next = Fields.text(event, "object", "metadata", "resourceVersion");
    return next.isEmpty() ? version : next;
  }

  private void remember(String kind, ObjectNode object) {
    if (kind.equals("DELETED")) {
      known.remove(ObjectKey.of(object));
    } else {
      known.put(ObjectKey.of(object), object);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    try {
      boolean ended = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      if (ended) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    InputStream stream = open;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // The connection is being given up; there is nothing left to save.
      }
    }
    thread.interrupt();
  }
}
