package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.cluster.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSettingsTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - {name: east, cluster: {server: "https://east.example:6443"}}
      - {name: west, cluster: {server: "https://west.example:6443"}}
      users:
      - {name: me, user: {token: secret}}
      contexts:
      - {name: e, context: {cluster: east, user: me, namespace: shop}}
      - {name: w, context: {cluster: west, user: me}}
      current-context: e
      """;

  @Test
  void connect_currentContext_isTaken(@TempDir Path dir) throws IOException {
    ClientSettings settings = ClientSettings.of(ConnectOptions.of(file(dir)));
    assertThat(settings.clusterName()).isEqualTo("east");
    assertThat(settings.config().getMasterUrl()).startsWith("https://east.example:6443");
    assertThat(settings.config().getNamespace()).isEqualTo("shop");
  }

  @Test
  void connect_namedContext_isTaken(@TempDir Path dir) throws IOException {
    ConnectOptions options = new ConnectOptions(Optional.of(file(dir)), Optional.of("w"));
    assertThat(ClientSettings.of(options).clusterName()).isEqualTo("west");
    try (var cluster = KubernetesCluster.connect(options)) {
      assertThat(cluster.defaultNamespace()).isEqualTo("default");
    }
  }

  @Test
  void connect_absentContext_isNoContextAndTellsTheOthers(@TempDir Path dir) throws IOException {
    ConnectOptions options = new ConnectOptions(Optional.of(file(dir)), Optional.of("north"));
    assertThatThrownBy(() -> ClientSettings.of(options))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> assertThat(e.code()).isEqualTo(ClusterException.Code.NO_CONTEXT))
        .hasMessageContaining("\"north\"")
        .hasMessageContaining("e, w");
  }

  @Test
  void connect_absentFile_isNoContext(@TempDir Path dir) {
    assertThatThrownBy(() -> ClientSettings.of(ConnectOptions.of(dir.resolve("none"))))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("none");
  }

  private static Path file(Path dir) throws IOException {
    return Files.writeString(dir.resolve("config"), KUBECONFIG);
  }
}
