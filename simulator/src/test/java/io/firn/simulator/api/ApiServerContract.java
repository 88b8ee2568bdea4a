package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What clients may rely on, whoever the server is: written against a kubeconfig alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServerContract {
  private KubernetesClient client;
  private String namespace;

  /// A kubeconfig whose user may do everything. Files may be put into the directory.
  abstract Path kubeconfig(Path directory) throws IOException;

  @BeforeAll
  void connect(@TempDir Path directory) throws IOException {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig(directory).toFile()))
            .build();
  }

  @AfterAll
  void disconnect() {
    client.close();
  }

  @BeforeEach
  void makeNamespace() {
    Namespace made =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("contract-")
                    .endMetadata()
                    .build())
            .create();
    namespace = made.getMetadata().getName();
  }

  @AfterEach
  void removeNamespace() {
    client.namespaces().withName(namespace).delete();
  }

  @Test
  void namespace_generateName_addsFiveCharactersOfTheAlphabet() {
    assertThat(namespace).matches("contract-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void configMap_createdAndUpdated_keepsUidAndMovesRevision() {
    ConfigMap made = client.configMaps().inNamespace(namespace).resource(map("a", "1")).create();
    ConfigMap changed = client.configMaps().inNamespace(namespace).resource(map("a", "2")).update();

    assertThat(changed.getMetadata().getUid()).isEqualTo(made.getMetadata().getUid());
    assertThat(changed.getMetadata().getResourceVersion())
        .isNotEqualTo(made.getMetadata().getResourceVersion());
    assertThat(changed.getData()).containsEntry("value", "2");
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData("value", value)
        .build();
  }
}
