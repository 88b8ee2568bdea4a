package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.ClusterException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.world.InEveryWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Refusals, server errors and cut connections on the way to an API server.
@InEveryWorld
class RequestFaultsTest {
  private static final String NAMESPACE = "faulty-requests";

  private WorldApi api;
  private final AtomicInteger requests = new AtomicInteger();

  @BeforeEach
  void start(@TempDir Path directory) {
    api = WorldApi.behindProxy(directory);
    api.makeNamespace(NAMESPACE);
    assertThat(api.admin().objects().list(Kinds.CONFIG_MAP, NAMESPACE, "")).isNotNull();
  }

  @AfterEach
  void stop() {
    api.faults(RequestFaults.NONE);
    api.dropNamespace(NAMESPACE);
    api.close();
  }

  @Test
  void get_refusedTwiceWith429_isAnsweredInTheEnd() {
    api.admin().objects().create(secret("s"), false);
    failFirst(2, new RequestFaults.Verdict.Refuse(429, "too many requests", 1));
    assertThat(api.admin().objects().get(ref("s"))).isPresent();
    assertThat(requests.get()).isEqualTo(3);
  }

  @Test
  void create_cutAfterTheServerDidIt_returnsItsOwnObject() {
    failFirst(1, new RequestFaults.Verdict.Cut(true));
    ObjectNode created = api.admin().objects().create(secret("s"), false);
    assertThat(created.path("metadata").path("uid").asText()).isNotEmpty();
    assertThat(api.admin().objects().list(Kinds.SECRET, NAMESPACE, "")).hasSize(1);
  }

  @Test
  void create_retriedOverSomebodyElsesObject_isAlreadyExists() {
    ObjectNode other = secret("s");
    other.putObject("stringData").put("password", "another");
    api.admin().objects().create(other, false);
    failFirst(1, new RequestFaults.Verdict.Cut(false));
    ObjectNode mine = secret("s");
    mine.putObject("data").put("password", "bWluZQ==");
    assertThatThrownBy(() -> api.admin().objects().create(mine, false))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void delete_cutAfterTheServerDidIt_saysThatItDeleted() {
    api.admin().objects().create(secret("s"), false);
    failFirst(1, new RequestFaults.Verdict.Cut(true));
    assertThat(
            api.admin()
                .objects()
                .delete(
                    ref("s"),
                    io.firn.cluster.ClusterObjects.Propagation.BACKGROUND,
                    Optional.empty()))
        .isTrue();
  }

  @Test
  void create_withGeneratedNameCut_isNotSentAgain() {
    failFirst(1, new RequestFaults.Verdict.Cut(true));
    ObjectNode unnamed = secret("");
    unnamed.withObject("/metadata").remove("name");
    unnamed.withObject("/metadata").put("generateName", "s-");
    assertThatThrownBy(() -> api.admin().objects().create(unnamed, false))
        .isInstanceOf(ClusterException.class);
    assertThat(api.admin().objects().list(Kinds.SECRET, NAMESPACE, "")).hasSize(1);
  }

  @Test
  void anyCall_serverGone_isUnreachableAndNamesIt(@TempDir Path other) throws Exception {
    SimulatedApi gone = new SimulatedApi(other);
    String address = gone.server().uri().toString();
    Path kubeconfig = other.resolve("admin.kubeconfig");
    assertThat(Files.exists(kubeconfig)).isTrue();
    gone.close();
    try (var cluster = KubernetesCluster.connect(ConnectOptions.of(kubeconfig))) {
      assertThatThrownBy(() -> cluster.objects().get(ref("s")))
          .isInstanceOfSatisfying(
              ClusterException.class,
              e -> assertThat(e.code()).isEqualTo(ClusterException.Code.UNREACHABLE))
          .hasMessageContaining(address);
    }
  }

  /// The first requests about Secrets go wrong, the rest pass.
  private void failFirst(int count, RequestFaults.Verdict verdict) {
    api.faults((method, path, user) ->
        path.contains("/" + NAMESPACE + "/secrets") && requests.incrementAndGet() <= count
            ? verdict
            : new RequestFaults.Verdict.Pass());
  }

  private static ObjectNode secret(String name) {
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
    secret.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
    return secret;
  }

  private static ObjectRef ref(String name) {
    return ObjectRef.of(Kinds.SECRET, NAMESPACE, name);
  }
}
