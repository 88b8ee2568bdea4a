package io.firn.simulator;

import java.nio.file.Path;
import java.util.Optional;

/// Where the API server of a cluster comes from. The rest of the cluster (node, storage, guests) is
/// the simulator's in any case, and its parts are ordinary clients of that server.
public sealed interface ControlPlane {
  ControlPlane EMBEDDED = new Embedded();

  /// The simulator's own API server, in this process.
  record Embedded() implements ControlPlane {}

  /// What `simulator/real-cluster/run` has started: a real API server, and of KubeVirt, CDI and the
  /// snapshot controller those that its `plane.properties` calls real. `folder` holds that file.
  record Plane(Path folder) implements ControlPlane {}

  /// A cluster that runs already, whose user may do everything.
  record Existing(Path kubeconfig) implements ControlPlane {}

  /// The plane that `FIRN_REAL_PLANE` names; empty where it is not set.
  static Optional<ControlPlane> fromEnvironment() {
    return Optional.ofNullable(System.getenv("FIRN_REAL_PLANE"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> new Plane(Path.of(folder)));
  }
}
