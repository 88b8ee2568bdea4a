package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Patches that name no revision never lose a race, as kube-apiserver applies them again.
final class ConcurrentPatchTest {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @TempDir private Path folder;

  @Test
  void patch_manyAtOnce_allArrive() throws Exception {
    try (ApiServer server =
            ApiServer.start(new ApiServerOptions(folder, 0, 1, InstantSource.system()));
        KubernetesClient client = client(server);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client
          .configMaps()
          .inNamespace("default")
          .resource(new ConfigMapBuilder().withNewMetadata().withName("busy").endMetadata().build())
          .create();
      List<Future<?>> patches = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String patch = "{\"data\":{\"key%d\":\"%d\"}}".formatted(i, i);
        patches.add(
            threads.submit(() ->
                client.configMaps().inNamespace("default").withName("busy").patch(MERGE, patch)));
      }
      for (Future<?> patch : patches) {
        patch.get();
      }
      assertThat(client.configMaps().inNamespace("default").withName("busy").get().getData())
          .hasSize(64);
    }
  }

  private KubernetesClient client(ApiServer server) {
    Path kubeconfig = folder.resolve("kubeconfig");
    server.writeKubeconfig(kubeconfig, "test", server.token("admin", "system:masters"));
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }
}
