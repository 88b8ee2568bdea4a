package io.firn.simulator;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How to start a simulated cluster. `directory` holds everything (kubeconfig, volumes); `port` 0
/// for any free one; `images` says which command stands for a container image (`firn` → the
/// launcher), `without` names controllers to leave out.
public record SimulatorOptions(
    Path directory,
    int port,
    long seed,
    InstantSource clock,
    Map<String, List<String>> images,
    Set<String> without) {
  public SimulatorOptions {
    images = Map.copyOf(images);
    without = Set.copyOf(without);
  }

  /// Defaults for a folder: free port, seed 1, system clock, every controller.
  public static SimulatorOptions in(Path directory) {
    return new SimulatorOptions(directory, 0, 1, InstantSource.system(), Map.of(), Set.of());
  }
}
