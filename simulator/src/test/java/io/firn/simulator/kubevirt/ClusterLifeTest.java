package io.firn.simulator.kubevirt;

import io.firn.simulator.ControlPlane;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The contract on the simulator's own API server, and on a real plane where one runs: that of
/// `FIRN_REAL_PLANE`, with KubeVirt and CDI real or not, as it was started.
class ClusterLifeTest {
  @Nested
  class Embedded extends ClusterLifeContract {
    Embedded() {
      super(ControlPlane.EMBEDDED);
    }
  }

  @Nested
  @EnabledIfEnvironmentVariable(named = "FIRN_REAL_PLANE", matches = ".+")
  class Real extends ClusterLifeContract {
    Real() {
      super(ControlPlane.fromEnvironment().orElseThrow());
    }
  }
}
