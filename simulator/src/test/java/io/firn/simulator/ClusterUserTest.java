package io.firn.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterUserTest {
  private static final ResourceType BINDING =
      ResourceType.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
  private static TestCluster cluster;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cluster = new TestCluster(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aUserMayDoNothing_untilARoleIsBound() {
    ClusterUser user = cluster.cluster().user("alice");
    cluster.namespace("granted");
    try (KubernetesClient connection = connect(user)) {
      ApiClient client = new ApiClient(connection);
      assertThatThrownBy(() -> client.list(Types.POD, "granted", ""))
          .isInstanceOf(ApiFailure.class)
          .hasMessageContaining("system:serviceaccount:firn-users:alice");
      cluster.client().create(BINDING, view(user));
      assertThat(client.list(Types.POD, "granted", "")).isEmpty();
    }
  }

  @Test
  void askedAgain_theSameUserGetsAnotherToken() {
    ClusterUser first = cluster.cluster().user("bob");
    ClusterUser second = cluster.cluster().user("bob");
    assertThat(second.name()).isEqualTo(first.name());
    assertThat(first.toString()).doesNotContain(first.token());
  }

  private static ObjectNode view(ClusterUser user) {
    ObjectNode binding = BINDING.newObject("granted", "view");
    binding
        .putObject("roleRef")
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("kind", "ClusterRole")
        .put("name", "view");
    Fields.array(binding, "subjects").add(user.subject());
    return binding;
  }

  private static KubernetesClient connect(ClusterUser user) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(user.kubeconfig().toFile()))
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
