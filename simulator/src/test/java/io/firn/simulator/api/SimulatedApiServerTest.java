package io.firn.simulator.api;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

class SimulatedApiServerTest extends ApiServerContract {
  private final List<ApiServer> servers = new ArrayList<>();

  @Override
  Path kubeconfig(Path directory) {
    ApiServer server =
        ApiServer.start(new ApiServerOptions(directory, 0, 1, InstantSource.system()));
    servers.add(server);
    Path file = directory.resolve("kubeconfig");
    server.writeKubeconfig(file, "simulator", server.token("admin", "system:masters"));
    return file;
  }

  @AfterAll
  void stop() {
    servers.forEach(ApiServer::close);
  }
}
