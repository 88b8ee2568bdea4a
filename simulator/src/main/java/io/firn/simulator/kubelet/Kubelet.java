package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.api.PodLog;
import io.firn.simulator.api.PodLogSource;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import io.firn.simulator.kubevirt.ConsoleSource;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The one node: runs the pods that are scheduled to it, their containers as processes of this
/// machine, and keeps their logs.
public final class Kubelet implements Controller, PodLogSource {
  private static final int WORKERS = 16;
  private static final String CONSOLE = "guest-console-log";

  private final NodeContext node;
  private final ConsoleSource consoles;
  private final String address;
  private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
  private final Map<ObjectKey, String> uids = new ConcurrentHashMap<>();
  private final WorkQueue queue;
  private final Feed feed;

  /// `folder` takes the pods' files; `images` gives the command for each image's short name,
  /// `programs` what stands for it in this process. `address` is the Node's.
  public Kubelet(
      ApiClient client,
      VolumeStore store,
      Path folder,
      Map<String, List<String>> images,
      Map<String, Program> programs,
      String address,
      ProcessFaults faults,
      ConsoleSource consoles,
      InstantSource clock)
      throws IOException {
    Files.createDirectories(folder);
    EventRecorder events = new EventRecorder(client, "kubelet", clock);
    this.node =
        new NodeContext(
            client, store, events, images, programs, faults, clock, folder, runner(folder));
    this.address = address;
    this.consoles = consoles;
    this.queue = new WorkQueue("kubelet", WORKERS, this::reconcile);
    this.feed = new Feed(client, Types.POD, this::changed);
  }

  private static Path runner(Path folder) throws IOException {
    Path runner = folder.resolve("run-container.sh");
    try (InputStream script = Kubelet.class.getResourceAsStream("run-container.sh")) {
      if (script == null) {
        throw new IOException("run-container.sh is missing from this build");
      }
      Files.write(runner, script.readAllBytes());
    }
    return runner;
  }

  @Override
  public String name() {
    return "kubelet";
  }

  @Override
  public void start() {
    NodeObject.register(node.client(), address, node.clock());
    queue.start();
    feed.start();
  }

  private void changed(ObjectNode pod) {
    if (Fields.text(pod, "spec", "nodeName").equals(NodeContext.NODE)) {
      uids.putIfAbsent(ObjectKey.of(pod), Meta.uid(pod));
      queue.add(ObjectKey.of(pod));
    }
  }

  private Optional<Duration> reconcile(ObjectKey key) throws InterruptedException, IOException {
    Optional<ObjectNode> read = node.client().get(Types.POD, key.namespace(), key.name());
    String uid = read.map(Meta::uid).orElse("");
    String before = uids.put(key, uid);
    if (before != null && !before.equals(uid)) {
      forget(before);
    }
    if (read.isEmpty()) {
      uids.remove(key);
      return Optional.empty();
    }
    ObjectNode pod = read.get();
    if (Meta.deleting(pod)) {
      end(pod);
    } else if (!hasEnded(pod)) {
      runs.computeIfAbsent(uid, _ -> started(pod)).sync();
    }
    return Optional.empty();
  }

  private static boolean hasEnded(ObjectNode pod) {
    return List.of("Succeeded", "Failed").contains(Fields.text(pod, "status", "phase"));
  }

  private PodRun started(ObjectNode pod) {
    PodRun run = new PodRun(node, pod);
    run.start();
    return run;
  }

  /// A deleted pod's processes get their grace, then the object goes for good.
  private void end(ObjectNode pod) throws InterruptedException {
    PodRun run = runs.get(Meta.uid(pod));
    if (run != null) {
      long grace = Fields.at(pod, "metadata", "deletionGracePeriodSeconds").asLong(30);
      run.terminate(Duration.ofSeconds(grace));
    }
    node.client().deleteNow(Types.POD, ObjectKey.of(pod), Meta.uid(pod));
  }

  private void forget(String uid) throws IOException {
    PodRun run = runs.remove(uid);
    if (run != null) {
      run.kill();
      PodFolders.remove(run.folder());
    }
  }

  @Override
  public Optional<String> log(String namespace, String pod, String container) {
    return log(namespace, pod, container, false)
        .map(log -> new String(log.text(), StandardCharsets.UTF_8));
  }

  @Override
  public Optional<PodLog> log(String namespace, String pod, String container, boolean previous) {
    if (container.equals(CONSOLE)) {
      return previous ? Optional.empty() : consoles.console(namespace, pod).map(Kubelet::console);
    }
    String uid = uids.getOrDefault(new ObjectKey(namespace, pod), "");
    return Optional.ofNullable(runs.get(uid))
        .flatMap(run -> {
          Optional<PodLog> log = run.container(container, previous).map(Kubelet::log);
          return previous ? log : log.or(() -> Optional.of(new PodLog(new byte[0], List.of())));
        });
  }

  private static PodLog console(String text) {
    return new PodLog(text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  private static PodLog log(ContainerLife container) {
    List<PodLog.Mark> marks = container.marks().all();
    return new PodLog(bytes(container.log()), marks);
  }

  private static byte[] bytes(Path log) {
    try {
      return Files.readAllBytes(log);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + log, e);
    }
  }

  /// Kills every process.
  @Override
  public void close() {
    feed.close();
    queue.close();
    runs.values().forEach(PodRun::kill);
    try {
      for (PodRun run : runs.values()) {
        run.awaitEnd(Duration.ofSeconds(2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
