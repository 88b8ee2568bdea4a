package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// One start of one container, whatever it runs.
///
/// Thread-safe.
interface ContainerLife {
  /// `mounts` says where the pod's volumes lie.
  void start(Map<String, Path> mounts) throws IOException, ContainerEnvironment.ConfigFailure;

  /// Waits for the end of what was started.
  ContainerState.Terminated await(String startedAt) throws InterruptedException, IOException;

  /// Asks for the end, and forces it after the grace.
  void terminate(Duration grace) throws InterruptedException;

  void kill();

  Path log();

  LogMarks marks();

  /// A program where one stands for the image, a process otherwise. `evict` is called when a fault
  /// evicts the whole pod.
  static ContainerLife of(
      NodeContext node, ObjectNode pod, ObjectNode container, Path folder, Runnable evict) {
    Program program = node.programs().get(ImageName.shortName(Fields.text(container, "image")));
    return program == null
        ? new ContainerRun(node, pod, container, folder, evict)
        : new ProgramRun(node, pod, container, folder, program);
  }
}
