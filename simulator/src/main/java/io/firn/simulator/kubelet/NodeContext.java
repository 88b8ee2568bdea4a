package io.firn.simulator.kubelet;

import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.storage.VolumeStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the pods of the node share. `images` gives the command behind a container image's short
/// name, `programs` what stands for it in this process; `folder` takes the pods' files; `runner` is
/// the script that containers are started with.
record NodeContext(
    ApiClient client,
    VolumeStore store,
    EventRecorder events,
    Map<String, List<String>> images,
    Map<String, Program> programs,
    ProcessFaults faults,
    InstantSource clock,
    Path folder,
    Path runner) {
  static final String NODE = "node1";

  /// Images without a process: somebody else plays their part and writes how they end.
  private static final Set<String> PLACEHOLDERS =
      Set.of("virt-launcher", "virt-handler", "cdi-importer", "cdi-cloner", "cdi-uploadserver");

  boolean isPlaceholder(String image) {
    String name = ImageName.shortName(image);
    return PLACEHOLDERS.contains(name) && !programs.containsKey(name);
  }

  boolean knows(String image) {
    String name = ImageName.shortName(image);
    return images.containsKey(name) || programs.containsKey(name);
  }
}
