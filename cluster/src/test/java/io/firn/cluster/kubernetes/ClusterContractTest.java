package io.firn.cluster.kubernetes;

import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterContract;
import io.firn.simulator.world.InEveryWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract against the simulator's API server and against a real one. The user of a real one's
/// kubeconfig must have a token and may do everything.
@InEveryWorld
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterContractTest extends ClusterContract {
  private WorldApi api;
  private Cluster powerless;
  private Cluster unknown;

  @BeforeAll
  void connect(@TempDir Path directory) {
    api = WorldApi.straight(directory);
    powerless = api.powerless();
    unknown = api.unknown();
  }

  @AfterAll
  void disconnect() {
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
