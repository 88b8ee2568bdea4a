package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The life of one pod on the node, from its volumes to its end, on a thread of its own.
///
/// Thread-safe.
final class PodRun {
  private static final System.Logger LOG = System.getLogger(PodRun.class.getName());
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private final NodeContext node;
  private final ObjectNode pod;
  private final Path folder;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<String, ContainerLife> runs = new ConcurrentHashMap<>();
  private final Map<String, ContainerLife> earlier = new ConcurrentHashMap<>();
  private final Map<String, ContainerReport> reports = new LinkedHashMap<>();
  private volatile boolean evicted;
  private volatile @Nullable PodReport last;

  PodRun(NodeContext node, ObjectNode pod) {
    this.node = node;
    this.pod = pod;
    this.folder = node.folder().resolve(Meta.uid(pod));
    for (ObjectNode container : initContainers()) {
      report(ContainerReport.waiting(container, "PodInitializing", ""));
    }
    String reason = initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
    for (ObjectNode container : containers()) {
      report(ContainerReport.waiting(container, reason, ""));
    }
  }

  void start() {
    Thread.ofVirtual().name("pod-" + ObjectKey.of(pod)).start(this::run);
  }

  private List<ObjectNode> containers() {
    return Fields.objects(pod, "spec", "containers");
  }

  private List<ObjectNode> initContainers() {
    boolean placeholder = containers().stream().anyMatch(this::isPlaceholder);
    return placeholder ? List.of() : Fields.objects(pod, "spec", "initContainers");
  }

  private void run() {
    try {
      if (containers().stream().anyMatch(this::isPlaceholder)) {
        runPlaceholders();
      } else if (pullImages()) {
        runProcesses();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // The edge of the pod's thread: what went wrong here is the pod's failure.
      LOG.log(isStopping() ? Level.DEBUG : Level.WARNING, "pod " + ObjectKey.of(pod), e);
      giveUp(String.valueOf(e.getMessage()));
    } finally {
      ended.countDown();
    }
  }

  private void giveUp(String why) {
    try {
      tell("Failed", "NodeError", why);
    } catch (RuntimeException e) {
      // The API server is out of reach, which may have been the failure in the first place.
      Level level = isStopping() ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "status of pod " + ObjectKey.of(pod), e);
    }
  }

  private boolean isPlaceholder(ObjectNode container) {
    return node.isPlaceholder(Fields.text(container, "image"));
  }

  /// Running without a process; how it ends is written by whoever plays the part.
  private void runPlaceholders() {
    for (ObjectNode container : containers()) {
      String name = Fields.text(container, "name");
      report(current(name).with(new ContainerState.Running(now())));
    }
    tell("Running", "", "");
  }

  /// Waits for good where an image is not known here.
  private boolean pullImages() throws InterruptedException {
    List<ObjectNode> missing = containers().stream().filter(this::isUnknown).toList();
    for (ObjectNode container : missing) {
      String image = Fields.text(container, "image");
      String why = "Back-off pulling image \"" + image + "\": no command stands for it here";
      report(ContainerReport.waiting(container, "ImagePullBackOff", why));
      node.events().warning(pod, "Failed", "Failed to pull image \"" + image + "\": not found");
    }
    if (!missing.isEmpty()) {
      tell("Pending", "", "");
      stopping.await();
    }
    return missing.isEmpty();
  }

  private boolean isUnknown(ObjectNode container) {
    return Fields.texts(container, "command").isEmpty()
        && !node.knows(Fields.text(container, "image"));
  }

  private void runProcesses() throws InterruptedException, IOException {
    tell("Pending", "", "");
    Optional<Map<String, Path>> mounts = mount();
    if (mounts.isEmpty()) {
      return;
    }
    for (ObjectNode init : initContainers()) {
      boolean sidecar = Fields.text(init, "restartPolicy").equals("Always");
      if (!sidecar && !runToEnd(init, mounts.get())) {
        finish();
        return;
      }
    }
    List<Thread> threads =
        containers().stream()
            .map(container -> Thread.ofVirtual().start(() -> runContainer(container, mounts.get())))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    finish();
  }

  /// Tries until the volumes are there or the pod is to go.
  private Optional<Map<String, Path>> mount() throws InterruptedException, IOException {
    PodVolumes volumes =
        new PodVolumes(node.client(), node.store(), pod, folder.resolve("volumes"));
    while (!stopping.await(0, TimeUnit.MILLISECONDS)) {
      try {
        return Optional.of(volumes.mount());
      } catch (PodVolumes.MountFailure e) {
        node.events().warning(pod, "FailedMount", String.valueOf(e.getMessage()));
        if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private void runContainer(ObjectNode container, Map<String, Path> mounts) {
    try {
      runToEnd(container, mounts);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      String why = "cannot start: " + e.getMessage();
      report(
          current(Fields.text(container, "name"))
              .with(new ContainerState.Terminated(128, "StartError", why, now(), now())));
    }
  }

  /// Runs a container as often as its restart policy says; true if it ended well.
  private boolean runToEnd(ObjectNode container, Map<String, Path> mounts)
      throws InterruptedException, IOException {
    String name = Fields.text(container, "name");
    String policy = Fields.text(pod, "spec", "restartPolicy");
    for (int start = 0; ; start++) {
      Optional<ContainerState.Terminated> end = runOnce(container, mounts, start);
      if (end.isEmpty()) {
        return false;
      }
      boolean good = end.get().exitCode() == 0;
      report(current(name).with(end.get()));
      boolean again = policy.equals("Always") || (policy.equals("OnFailure") && !good);
      if (!again || isStopping()) {
        return good;
      }
      Duration pause = FIRST_BACKOFF.multipliedBy(1L << Math.min(start, 5));
      pause = pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
      String why = "back-off %s restarting failed container=%s".formatted(pause, name);
      report(current(name).restarting(new ContainerState.Waiting("CrashLoopBackOff", why)));
      tell("Running", "", "");
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return good;
      }
    }
  }

  /// One start; empty where the pod is to go before the container could start.
  private Optional<ContainerState.Terminated> runOnce(
      ObjectNode container, Map<String, Path> mounts, int start)
      throws InterruptedException, IOException {
    String name = Fields.text(container, "name");
    ContainerLife run =
        ContainerLife.of(
            node,
            pod,
            container,
            folder.resolve("containers").resolve(name + "-" + start),
            this::evict);
    ContainerLife before = runs.put(name, run);
    if (before != null) {
      earlier.put(name, before);
    }
    while (!isStopping()) {
      try {
        String startedAt = now();
        run.start(mounts);
        report(current(name).with(new ContainerState.Running(startedAt)));
        tell("Running", "", "");
        return Optional.of(run.await(startedAt));
      } catch (ContainerEnvironment.ConfigFailure e) {
        String why = String.valueOf(e.getMessage());
        report(current(name).with(new ContainerState.Waiting("CreateContainerConfigError", why)));
        tell("Pending", "", "");
        if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private void evict() {
    evicted = true;
    stopping.countDown();
    runs.values().forEach(ContainerLife::kill);
  }

  private void finish() {
    if (evicted) {
      tell("Failed", PodReport.EVICTED, "The node was low on resource: memory. ");
      return;
    }
    boolean good =
        containers().stream()
            .map(container -> current(Fields.text(container, "name")).state())
            .allMatch(state -> state instanceof ContainerState.Terminated t && t.exitCode() == 0);
    tell(good ? "Succeeded" : "Failed", "", "");
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private String now() {
    return PodReport.time(node.clock().instant());
  }

  private synchronized void report(ContainerReport report) {
    reports.put(report.name(), report);
  }

  private synchronized ContainerReport current(String name) {
    ContainerReport known = reports.get(name);
    return known != null
        ? known
        : new ContainerReport(
            name, "", 0, new ContainerState.Waiting("PodInitializing", ""), Optional.empty());
  }

  private List<ContainerReport> current(List<ObjectNode> containers) {
    return containers.stream().map(one -> current(Fields.text(one, "name"))).toList();
  }

  private void tell(String phase, String reason, String message) {
    last = new PodReport(phase, reason, message, current(initContainers()), current(containers()));
    sync();
  }

  /// Writes what is known into the pod's status, if it is not there.
  void sync() {
    PodReport report = last;
    if (report == null) {
      return;
    }
    node.client()
        .modifyStatus(
            Types.POD,
            ObjectKey.of(pod),
            written -> {
              boolean finished =
                  List.of("Succeeded", "Failed").contains(Fields.text(written, "status", "phase"));
              if (Meta.uid(written).equals(Meta.uid(pod)) && !finished) {
                report.writeInto(written, node.clock().instant());
              }
            });
  }

  /// A container's last start, or with `previous` the one before; the first container's for "".
  Optional<ContainerLife> container(String container, boolean previous) {
    String name = container.isEmpty() ? Fields.text(containers().getFirst(), "name") : container;
    return Optional.ofNullable((previous ? earlier : runs).get(name))
        .filter(one -> Files.exists(one.log()));
  }

  /// Ends the containers, politely first, and waits for them.
  void terminate(Duration grace) throws InterruptedException {
    stopping.countDown();
    for (ContainerLife run : runs.values()) {
      run.terminate(grace);
    }
    ended.await();
  }

  void kill() {
    stopping.countDown();
    runs.values().forEach(ContainerLife::kill);
  }

  /// Waits until a killed pod's thread has come to its end, at most so long.
  void awaitEnd(Duration most) throws InterruptedException {
    boolean over = ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
    LOG.log(Level.DEBUG, () -> "pod " + ObjectKey.of(pod) + (over ? " ended" : " still ends"));
  }

  Path folder() {
    return folder;
  }
}
