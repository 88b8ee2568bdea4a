package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.kubelet.ProcessFaults.ProcessFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One start of one container: its command line, its process, how it ended.
///
/// Thread-safe.
final class ContainerRun implements ContainerLife {
  private static final int MESSAGE_BYTES = 4096;
  private static final int FALLBACK_BYTES = 2048;

  private final NodeContext node;
  private final ObjectNode pod;
  private final ObjectNode container;
  private final Path folder;
  private final Path log;
  private final LogMarks marks;
  private final Path message;
  private final Runnable evict;
  private final AtomicReference<@Nullable ProcessFault> struck = new AtomicReference<>();
  private final AtomicReference<@Nullable ContainerProcess> process = new AtomicReference<>();
  private volatile boolean killed;

  /// `evict` is called when a fault evicts the whole pod.
  ContainerRun(
      NodeContext node, ObjectNode pod, ObjectNode container, Path folder, Runnable evict) {
    this.node = node;
    this.pod = pod;
    this.container = container;
    this.folder = folder;
    this.log = folder.resolve("log");
    this.marks = new LogMarks(node.clock());
    this.message = folder.resolve("termination-log");
    this.evict = evict;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public LogMarks marks() {
    return marks;
  }

  @Override
  public void start(Map<String, Path> mounts)
      throws IOException, ContainerEnvironment.ConfigFailure {
    Files.createDirectories(folder);
    Files.deleteIfExists(message);
    Files.createFile(message);
    PathMapping paths = paths(mounts);
    Map<String, String> variables = new ContainerEnvironment(node.client(), pod).of(container);
    variables.replaceAll((_, value) -> paths.apply(value));
    Optional<ProcessFault> fault =
        node.faults()
            .processFault(Meta.namespace(pod), Meta.name(pod), Fields.text(container, "name"));
    ContainerProcess started =
        ContainerProcess.start(
            node.runner(),
            command(paths),
            variables,
            workingDirectory(paths),
            log,
            bytes -> {
              marks.grown(bytes);
              fault.filter(one -> bytes >= one.afterLogBytes()).ifPresent(this::strike);
            });
    process.set(started);
    if (killed || struck.get() != null) {
      started.kill();
    }
  }

  private void strike(ProcessFault fault) {
    if (struck.compareAndSet(null, fault)) {
      ContainerProcess running = process.get();
      if (running != null) {
        running.kill();
      }
      if (fault instanceof ProcessFault.Evict) {
        evict.run();
      }
    }
  }

  private PathMapping paths(Map<String, Path> mounts) {
    PathMapping paths = new PathMapping();
    paths.add(terminationPath(), message);
    for (ObjectNode mount : Fields.objects(container, "volumeMounts")) {
      Path host = mounts.get(Fields.text(mount, "name"));
      if (host != null) {
        String part = Fields.text(mount, "subPath");
        paths.add(Fields.text(mount, "mountPath"), part.isEmpty() ? host : host.resolve(part));
      }
    }
    for (ObjectNode device : Fields.objects(container, "volumeDevices")) {
      Path host = mounts.get(Fields.text(device, "name"));
      if (host != null) {
        paths.add(Fields.text(device, "devicePath"), host);
      }
    }
    return paths;
  }

  private String terminationPath() {
    String path = Fields.text(container, "terminationMessagePath");
    return path.isEmpty() ? "/dev/termination-log" : path;
  }

  /// A container's own command takes the place of its image's.
  private List<String> command(PathMapping paths) {
    List<String> command = new ArrayList<>(Fields.texts(container, "command"));
    if (command.isEmpty()) {
      String image = ImageName.shortName(Fields.text(container, "image"));
      command.addAll(node.images().getOrDefault(image, List.of()));
    } else {
      command.replaceAll(paths::apply);
    }
    for (String argument : Fields.texts(container, "args")) {
      command.add(paths.apply(argument));
    }
    return command;
  }

  private Path workingDirectory(PathMapping paths) {
    String wanted = Fields.text(container, "workingDir");
    Path mapped = Path.of(wanted.isEmpty() ? "/" : paths.apply(wanted));
    return wanted.isEmpty() || !Files.isDirectory(mapped) ? folder : mapped;
  }

  @Override
  public ContainerState.Terminated await(String startedAt)
      throws InterruptedException, IOException {
    ContainerProcess running = process.get();
    int code = running == null ? 137 : running.await();
    return new ContainerState.Terminated(
        code, reason(code), message(code), startedAt, PodReport.time(node.clock().instant()));
  }

  private String reason(int code) {
    if (struck.get() instanceof ProcessFault.OutOfMemory) {
      return "OOMKilled";
    }
    return code == 0 ? "Completed" : "Error";
  }

  /// The termination message: what the container wrote for it, or the end of its log where it asks
  /// for that and failed.
  private String message(int code) throws IOException {
    byte[] written = Files.exists(message) ? Files.readAllBytes(message) : new byte[0];
    boolean fallback =
        Fields.text(container, "terminationMessagePolicy").equals("FallbackToLogsOnError");
    if (written.length == 0 && code != 0 && fallback && Files.exists(log)) {
      byte[] all = Files.readAllBytes(log);
      int from = Math.max(0, all.length - FALLBACK_BYTES);
      return new String(all, from, all.length - from, java.nio.charset.StandardCharsets.UTF_8);
    }
    return new String(
        written,
        0,
        Math.min(written.length, MESSAGE_BYTES),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public void terminate(Duration grace) throws InterruptedException {
    killed = true;
    ContainerProcess running = process.get();
    if (running != null) {
      running.terminate(grace);
    }
  }

  @Override
  public void kill() {
    killed = true;
    ContainerProcess running = process.get();
    if (running != null) {
      running.kill();
    }
  }
}
