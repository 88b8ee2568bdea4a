package io.firn.simulator.remote;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Connections to an API server as whoever is wanted: its admin lends the rights, and the API
/// server, its webhooks and its audit log see the user.
///
/// Thread-safe.
final class RemoteConnections implements AutoCloseable {
  private static final String ADMINS = "system:masters";

  /// The API server shares this machine, which may be busy.
  private static final int CONNECT_MILLIS = 60_000;

  private final Config own;
  private final RemoteKubeconfig kubeconfig;
  private final List<KubernetesClient> open = new ArrayList<>();

  private RemoteConnections(Config admin, Config own) {
    this.own = own;
    this.kubeconfig = new RemoteKubeconfig(admin);
  }

  static RemoteConnections of(Path admin, Path own) {
    return new RemoteConnections(read(admin), read(own));
  }

  private static Config read(Path kubeconfig) {
    File file = kubeconfig.toFile();
    if (!file.isFile()) {
      throw new IllegalStateException("there is no kubeconfig at " + kubeconfig);
    }
    return Config.fromKubeconfig(file);
  }

  URI uri() {
    return URI.create(own.getMasterUrl().replaceAll("/+$", ""));
  }

  /// A connection for each, and one for each watch (HTTP/1.1): none waits for another.
  synchronized KubernetesClient as(String user) {
    Config config =
        new ConfigBuilder(own)
            .withImpersonateUsername(user)
            .withImpersonateGroups(ADMINS)
            .withHttp2Disable(true)
            .withOnlyHttpWatches(true)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    open.add(client);
    return client;
  }

  void writeKubeconfig(Path file) {
    kubeconfig.write(file);
  }

  void writeKubeconfig(Path file, String token) {
    kubeconfig.write(file, token);
  }

  @Override
  public synchronized void close() {
    open.forEach(KubernetesClient::close);
    open.clear();
  }
}
