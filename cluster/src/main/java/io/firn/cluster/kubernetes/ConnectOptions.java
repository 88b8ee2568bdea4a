package io.firn.cluster.kubernetes;

import java.nio.file.Path;
import java.util.Optional;

/// Which cluster to talk to. Without a kubeconfig kubectl's own rules hold: `KUBECONFIG` (several
/// files are merged), then `~/.kube/config`, then the service account of the pod. Without a context
/// the kubeconfig's current one is taken.
///
/// Immutable.
public record ConnectOptions(Optional<Path> kubeconfig, Optional<String> context) {
  public static final ConnectOptions DEFAULT =
      new ConnectOptions(Optional.empty(), Optional.empty());

  /// The current context of one file.
  public static ConnectOptions of(Path kubeconfig) {
    return new ConnectOptions(Optional.of(kubeconfig), Optional.empty());
  }
}
