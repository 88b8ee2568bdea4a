package io.firn.simulator.world;

import java.nio.file.Path;
import java.util.Optional;

/// What the tests of this JVM run against. `FIRN_REAL_PLANE` names the folder of a plane that runs;
/// its own words say what is real in it. Without one it is the simulator.
public enum World {
  /// The simulator's API server, KubeVirt and CDI.
  SIMULATOR("simulator"),
  /// A real API server with its controllers, the simulator's KubeVirt and CDI.
  REAL_API("real-api"),
  /// A real API server, KubeVirt and CDI; the simulator's node and storage.
  REAL_KUBEVIRT("real-kubevirt");

  private static final World HERE = find();
  private final String title;

  World(String title) {
    this.title = title;
  }

  /// The one of this JVM. `FIRN_WORLD`, where it is set, must say the same.
  public static World here() {
    return HERE;
  }

  /// The plane's folder; empty in the simulator, and where only the API server is real.
  public static Optional<Path> plane() {
    return setting("FIRN_REAL_PLANE").map(Path::of);
  }

  /// The kubeconfig of a real API server's admin; empty in the simulator.
  public static Optional<Path> kubeconfig() {
    return plane()
        .map(folder -> Path.of(PlaneFacts.in(folder).get("kubeconfig")))
        .or(() -> setting("FIRN_CONTRACT_KUBECONFIG").map(Path::of));
  }

  /// The name by which a run and its report call it.
  public String title() {
    return title;
  }

  private static World find() {
    World found =
        plane()
            .map(folder -> PlaneFacts.in(folder).is("kubevirt", "real") ? REAL_KUBEVIRT : REAL_API)
            .orElse(kubeconfig().isPresent() ? REAL_API : SIMULATOR);
    Optional<String> wanted = setting("FIRN_WORLD");
    if (wanted.isPresent() && !wanted.get().equals(found.title)) {
      throw new IllegalStateException(
          "FIRN_WORLD asks for %s, but FIRN_REAL_PLANE and FIRN_CONTRACT_KUBECONFIG give %s"
              .formatted(wanted.get(), found.title));
    }
    return found;
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }
}
