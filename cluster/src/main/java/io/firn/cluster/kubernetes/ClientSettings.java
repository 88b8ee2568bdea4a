package io.firn.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the kubeconfig and checks what fabric8 would pass over in silence: a missing file, a
/// context that is not in it, no configuration at all.
record ClientSettings(Config config, String clusterName) {
  static ClientSettings of(ConnectOptions options) {
    Config config =
        options
            .kubeconfig()
            .map(file -> fromFile(file, options.context()))
            .orElseGet(() -> automatic(options.context()));
    // Retries are ours: fabric8's would send a create twice without telling.
    config.setRequestRetryBackoffLimit(0);
    config.setHttp2Disable(true);
    config.setUserAgent("firn");
    NamedContext context = config.getCurrentContext();
    String cluster =
        context == null || context.getContext() == null ? "" : context.getContext().getCluster();
    return new ClientSettings(config, cluster.isEmpty() ? "in-cluster" : cluster);
  }

  private static Config fromFile(Path file, Optional<String> context) {
    if (!Files.isReadable(file)) {
      throw noContext(
          "The kubeconfig %s cannot be read. Check the path given with --kubeconfig."
              .formatted(file));
    }
    return requireContext(
        Config.fromKubeconfig(context.orElse(null), file.toFile()), context, file.toString());
  }

  private static Config automatic(Optional<String> context) {
    List<String> files = List.copyOf(Config.getKubeconfigFilenames());
    boolean any = files.stream().anyMatch(f -> Files.isReadable(Path.of(f)));
    if (any) {
      return requireContext(
          Config.autoConfigure(context.orElse(null)), context, String.join(":", files));
    }
    boolean inPod = Files.isReadable(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
    if (inPod && context.isEmpty()) {
      return Config.autoConfigure(null);
    }
    throw noContext(
        "There is no kubeconfig: %s does not exist and this is not a pod. %s"
            .formatted(String.join(", ", files), "Set KUBECONFIG, or give --kubeconfig FILE."));
  }

  private static Config requireContext(Config config, Optional<String> context, String files) {
    NamedContext current = config.getCurrentContext();
    String found = current == null ? "" : current.getName();
    if (context.isPresent() && !found.equals(context.get())) {
      List<String> names = config.getContexts().stream().map(NamedContext::getName).toList();
      throw noContext(
          "The context \"%s\" is not in %s, which has: %s. Choose one of these with --context."
              .formatted(
                  context.get(), files, names.isEmpty() ? "none" : String.join(", ", names)));
    }
    if (found.isEmpty()) {
      throw noContext(
          "The kubeconfig %s names no current context. %s"
              .formatted(files, "Give --context, or set one (kubectl config use-context)."));
    }
    return config;
  }

  private static ClusterException noContext(String message) {
    return new ClusterException(Code.NO_CONTEXT, message, Map.of());
  }
}
