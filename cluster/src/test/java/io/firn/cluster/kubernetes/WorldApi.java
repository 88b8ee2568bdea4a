package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.simulator.api.ApiServer;
import io.firn.simulator.api.ApiServerOptions;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.proxy.FaultProxy;
import io.firn.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The API server of the world that this JVM tests, seen by an admin, by somebody without rights
/// and by somebody whom it does not know; straight, or through a proxy that commits faults.
final class WorldApi implements AutoCloseable {
  /// A namespace goes when its controller has emptied it, which looks every few seconds.
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String ACCOUNT = "firn-contract-powerless";

  private final Path directory;
  private final Optional<ApiServer> simulated;
  private final Optional<FaultProxy> proxy;
  private final Path kubeconfig;
  private final Config config;
  private final Cluster admin;

  private WorldApi(Path directory, boolean proxied) {
    this.directory = directory;
    this.simulated =
        World.kubeconfig().isPresent() ? Optional.empty() : Optional.of(simulated(directory));
    Path direct = World.kubeconfig().orElse(directory.resolve("simulated.kubeconfig"));
    this.proxy =
        proxied
            ? Optional.of(FaultProxy.start(directory.resolve("proxy"), 0, direct))
            : Optional.empty();
    proxy.ifPresent(one -> one.writeKubeconfig(directory.resolve("proxied.kubeconfig"), "world"));
    this.kubeconfig = proxied ? directory.resolve("proxied.kubeconfig") : direct;
    this.config = Config.fromKubeconfig(kubeconfig.toFile());
    this.admin = KubernetesCluster.connect(ConnectOptions.of(kubeconfig));
  }

  static WorldApi straight(Path directory) {
    return new WorldApi(directory, false);
  }

  static WorldApi behindProxy(Path directory) {
    return new WorldApi(directory, true);
  }

  private static ApiServer simulated(Path directory) {
    ApiServer server =
        ApiServer.start(new ApiServerOptions(directory, 0, 1, InstantSource.system()));
    server.writeKubeconfig(
        directory.resolve("simulated.kubeconfig"),
        "simulated",
        server.token("admin", "system:masters"));
    return server;
  }

  Cluster admin() {
    return admin;
  }

  /// A service account that nobody has given any rights.
  Cluster powerless() {
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      var accounts = client.serviceAccounts().inNamespace("default");
      accounts
          .resource(
              new ServiceAccountBuilder().withNewMetadata().withName(ACCOUNT).endMetadata().build())
          .serverSideApply();
      return client(
          "powerless",
          accounts.withName(ACCOUNT).tokenRequest(new TokenRequest()).getStatus().getToken());
    }
  }

  Cluster unknown() {
    return client("unknown", "not-a-token");
  }

  private Cluster client(String name, String token) {
    String own = Optional.ofNullable(config.getOauthToken()).orElseGet(config::getAutoOAuthToken);
    Path file = directory.resolve(name + ".kubeconfig");
    try {
      Files.writeString(file, Files.readString(kubeconfig).replace(own, token));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return KubernetesCluster.connect(ConnectOptions.of(file));
  }

  /// Needs the proxy.
  void faults(RequestFaults faults) {
    proxy.orElseThrow().faults(faults);
  }

  void makeNamespace(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    admin.objects().create(namespace, false);
  }

  void dropNamespace(String name) {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", name);
    admin.objects().delete(ref, ClusterObjects.Propagation.BACKGROUND, Optional.empty());
    admin.objects().await(ref, Optional::isEmpty, SOON);
  }

  @Override
  public void close() {
    ObjectRef account = new ObjectRef("", "ServiceAccount", "default", ACCOUNT);
    admin.objects().delete(account, ClusterObjects.Propagation.BACKGROUND, Optional.empty());
    admin.close();
    proxy.ifPresent(FaultProxy::close);
    simulated.ifPresent(ApiServer::close);
  }
}
