package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterContract;
import io.firn.cluster.ClusterObjects;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The contract against a real API server: the one that the kubeconfig in
/// `FIRN_CONTRACT_KUBECONFIG` names, whose user has a token and may do everything.
/// `simulator/real-cluster/run` starts one.
@EnabledIfEnvironmentVariable(named = "FIRN_CONTRACT_KUBECONFIG", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClusterContractTest extends ClusterContract {
  /// A namespace goes when its controller has emptied it, which looks every few seconds.
  private static final Duration SOON = Duration.ofSeconds(60);

  private Path directory;
  private Cluster admin;
  private Cluster powerless;
  private Cluster unknown;

  @BeforeAll
  void connect(@TempDir Path temporary) throws IOException {
    directory = temporary;
    Path kubeconfig = Path.of(System.getenv("FIRN_CONTRACT_KUBECONFIG"));
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    String token = Optional.ofNullable(config.getOauthToken()).orElseGet(config::getAutoOAuthToken);
    String text = Files.readString(kubeconfig);
    admin = client(text, "admin");
    powerless = client(text.replace(token, accountToken(config)), "powerless");
    unknown = client(text.replace(token, "not-a-token"), "unknown");
  }

  /// A token of a service account that nobody has given any rights.
  private static String accountToken(Config config) {
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return client
          .serviceAccounts()
          .inNamespace("default")
          .withName("default")
          .tokenRequest(new TokenRequest())
          .getStatus()
          .getToken();
    }
  }

  private Cluster client(String kubeconfig, String name) throws IOException {
    Path file = directory.resolve(name + ".kubeconfig");
    Files.writeString(file, kubeconfig);
    return KubernetesCluster.connect(ConnectOptions.of(file));
  }

  @AfterAll
  void disconnect() {
    admin.close();
    powerless.close();
    unknown.close();
  }

  @BeforeEach
  void makeNamespace() {
    ObjectNode namespace = new ObjectMapper().createObjectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", NAMESPACE);
    admin.objects().create(namespace, false);
  }

  @AfterEach
  void dropNamespace() {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", NAMESPACE);
    admin.objects().delete(ref, ClusterObjects.Propagation.BACKGROUND, Optional.empty());
    admin.objects().await(ref, Optional::isEmpty, SOON);
  }

  @Override
  protected Cluster cluster() {
    return admin;
  }

  @Override
  protected Cluster powerless() {
    return powerless;
  }

  @Override
  protected Cluster unknown() {
    return unknown;
  }
}
