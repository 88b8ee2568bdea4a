package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCompactionTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir private Path directory;

  @Test
  void watch_fromForgottenRevision_isToldThatItIsGone() throws Exception {
    ApiServerOptions options = new ApiServerOptions(directory, 0, 1, InstantSource.system());
    try (ApiServer server = ApiServer.start(options, 10)) {
      Path kubeconfig = directory.resolve("kubeconfig");
      server.writeKubeconfig(kubeconfig, "c", server.token("admin", "system:masters"));
      try (RawClient raw = RawClient.of(Config.fromKubeconfig(kubeconfig.toFile()))) {
        JsonNode made =
            raw.post(MAPS, ApiServerContract.configMap("a", "")).body().path("metadata");
        for (int i = 0; i < 20; i++) {
          raw.patch(MAPS + "/a", "merge-patch+json", "{\"data\": {\"n\": \"" + i + "\"}}");
        }
        String path = MAPS + "?watch=true&timeoutSeconds=10&resourceVersion=";
        try (Stream<JsonNode> events = raw.watch(path + made.path("resourceVersion").asText())) {
          List<JsonNode> all = events.toList();
          assertThat(all).hasSize(1);
          assertThat(all.getFirst().path("type").asText()).isEqualTo("ERROR");
          assertThat(all.getFirst().at("/object/code").asInt()).isEqualTo(410);
          assertThat(all.getFirst().at("/object/reason").asText()).isEqualTo("Expired");
        }
      }
    }
  }
}
