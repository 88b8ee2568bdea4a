package io.firn.simulator.cdi;

import io.firn.simulator.client.Meta;
import io.firn.simulator.kubelet.Program;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// `cdi-uploadserver`: waits until its claim was filled by a [ClonerProgram]. The bytes go past the
/// network, since both are on this node.
///
/// Thread-safe.
final class Uploads implements Program {
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  /// A server that runs, by the UID of its pod.
  record Waiting(Work work, CompletableFuture<String> filled) {}

  @Override
  public String run(Work work) throws IOException, InterruptedException {
    Waiting server = new Waiting(work, new CompletableFuture<>());
    String uid = Meta.uid(work.pod());
    waiting.put(uid, server);
    work.log().accept("Upload destination: " + ClaimDisks.volume(work).getFileName());
    try {
      return server.filled().get();
    } catch (ExecutionException e) {
      throw new IOException("the upload failed", e.getCause());
    } finally {
      waiting.remove(uid);
    }
  }

  /// The server that runs behind a Service of CDI's; an IOException where none does yet.
  Waiting behind(String namespace, String service) throws IOException {
    return waiting.values().stream()
        .filter(one -> Meta.namespace(one.work().pod()).equals(namespace))
        .filter(one -> Meta.label(one.work().pod(), "service").equals(service))
        .findFirst()
        .orElseThrow(() -> new IOException("connection to " + service + " refused"));
  }
}
