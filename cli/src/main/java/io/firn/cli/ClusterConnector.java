package io.firn.cli;

import io.firn.cluster.Cluster;
import java.nio.file.Path;
import java.util.Optional;

/// Reaches the cluster that a user means. Tests put their own in.
public interface ClusterConnector {
  /// Errors are [io.firn.cluster.ClusterException].
  Cluster connect(Optional<Path> kubeconfig, Optional<String> context);
}
