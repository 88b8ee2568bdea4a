package io.firn.cluster.kubernetes;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract against the simulator's API server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedClusterContractTest extends ClusterContract {
  private SimulatedApi api;
  private Cluster powerless;
  private Cluster unknown;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new SimulatedApi(directory);
    powerless = api.client(api.server().token("bob"), "bob");
    unknown = api.client("not-a-token", "nobody");
  }

  @AfterAll
  void stop() {
    powerless.close();
    unknown.close();
    api.close();
  }

  @BeforeEach
  void makeNamespace() {
    api.makeNamespace(NAMESPACE);
  }

  @AfterEach
  void dropNamespace() {
    api.dropNamespace(NAMESPACE);
  }

  @Override
  protected Cluster cluster() {
    return api.admin();
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
