package io.firn.simulator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.api.ApiServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The simulator's own API server. Closing it ends the server.
///
/// Thread-safe.
final class EmbeddedApi implements ClusterApi {
  private static final String ADMINS = "system:masters";

  /// Cluster and parts share this machine, which may be busy.
  private static final int CONNECT_MILLIS = 60_000;

  private final ApiServer server;
  private final List<KubernetesClient> open = new ArrayList<>();

  EmbeddedApi(ApiServer server) {
    this.server = server;
  }

  /// The server itself, for what only it can do.
  ApiServer server() {
    return server;
  }

  @Override
  public URI uri() {
    return server.uri();
  }

  @Override
  public synchronized KubernetesClient connect(String user) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.uri().toString())
            .withOauthToken(server.token(user, ADMINS))
            .withCaCertFile(server.certificate().toString())
            .withOnlyHttpWatches(true)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    open.add(client);
    return client;
  }

  @Override
  public void writeKubeconfig(Path file) {
    writeKubeconfig(file, server.token("kubernetes-admin", ADMINS));
  }

  @Override
  public void writeKubeconfig(Path file, String token) {
    server.writeKubeconfig(file, "simulator", token);
  }

  @Override
  public void admit(AdmissionPlugin plugin) {
    server.admit(plugin);
  }

  @Override
  public void aggregate(AggregatedApi api) {
    server.aggregate(api);
  }

  @Override
  public synchronized void close() {
    open.forEach(KubernetesClient::close);
    open.clear();
    server.close();
  }
}
