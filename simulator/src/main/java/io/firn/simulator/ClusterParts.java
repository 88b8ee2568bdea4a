package io.firn.simulator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.simulator.api.ApiServer;
import io.firn.simulator.client.ApiClient;
import java.util.ArrayList;
import java.util.List;

/// Connections of the cluster's own parts, each with an identity of its own.
///
/// Thread-safe.
final class ClusterParts implements AutoCloseable {
  private static final String ADMINS = "system:masters";

  private final ApiServer server;
  private final List<KubernetesClient> open = new ArrayList<>();

  ClusterParts(ApiServer server) {
    this.server = server;
  }

  /// A client that acts as a user and may do everything.
  synchronized KubernetesClient connect(String user) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.uri().toString())
            .withOauthToken(server.token(user, ADMINS))
            .withCaCertFile(server.certificate().toString())
            .withOnlyHttpWatches(true)
            .withRequestRetryBackoffLimit(0)
            .build();
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    open.add(client);
    return client;
  }

  /// The same for a part of kube-system.
  ApiClient of(String part) {
    return new ApiClient(connect("system:serviceaccount:kube-system:" + part));
  }

  @Override
  public synchronized void close() {
    open.forEach(KubernetesClient::close);
    open.clear();
  }
}
