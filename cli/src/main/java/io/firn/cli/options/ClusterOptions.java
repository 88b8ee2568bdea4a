package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.cluster.Cluster;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster, and which namespace in it: kubectl's own flags.
public final class ClusterOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace; default: that of the kubeconfig's context.")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig; default: its current one.")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Kubeconfig; default: KUBECONFIG, then ~/.kube/config.")
  private @Nullable Path kubeconfig;

  /// Connects; the caller closes.
  public Cluster connect(Session session) {
    return session.clusters().connect(kubeconfig(session), Optional.ofNullable(context));
  }

  /// What the user said, if anything.
  public Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  /// What the user said, else what the kubeconfig's context says.
  public String namespace(Cluster cluster) {
    return namespace().orElseGet(cluster::defaultNamespace);
  }

  /// KUBECONFIG with several files is the client's to merge.
  private Optional<Path> kubeconfig(Session session) {
    if (kubeconfig != null) {
      return Optional.of(kubeconfig);
    }
    return Optional.ofNullable(session.environment().get("KUBECONFIG"))
        .filter(value -> !value.isBlank() && !value.contains(java.io.File.pathSeparator))
        .map(Path::of);
  }
}
