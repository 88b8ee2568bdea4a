package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// What an image does, as code of this process instead of a command. Thread-safe.
@FunctionalInterface
public interface Program {
  /// Runs to the end and answers the termination message. An IOException ends the container with
  /// exit code 1 and its text; an interrupt ends it as a signal would.
  String run(Work work) throws IOException, InterruptedException;

  /// What a start of the container is given: its variables, where the pod's volumes lie, by name,
  /// and where lines of log go.
  record Work(
      ObjectNode pod,
      Map<String, String> variables,
      Map<String, Path> volumes,
      Consumer<String> log) {}
}
