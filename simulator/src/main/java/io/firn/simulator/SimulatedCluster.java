package io.firn.simulator;

import java.net.URI;
import java.nio.file.Path;

/// A running KubeVirt cluster on this machine. Closing it stops everything and leaves the folder.
///
/// Thread-safe.
public final class SimulatedCluster implements AutoCloseable {
  private SimulatedCluster() {}

  public static SimulatedCluster start(SimulatorOptions options) {
    throw new UnsupportedOperationException("stub");
  }

  /// A kubeconfig with a token of a cluster admin.
  public Path kubeconfig() {
    throw new UnsupportedOperationException("stub");
  }

  public URI server() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
