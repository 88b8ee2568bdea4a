package io.firn.simulator.api;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The contract, checked against a real API server: the one that the kubeconfig in
/// `FIRN_CONTRACT_KUBECONFIG` names, whose user has a token and may do everything.
/// `simulator/real-cluster/run` starts one.
@EnabledIfEnvironmentVariable(named = "FIRN_CONTRACT_KUBECONFIG", matches = ".+")
class RealApiServerTest {
  private static Path kubeconfig() {
    return Path.of(System.getenv("FIRN_CONTRACT_KUBECONFIG"));
  }

  @Nested
  class Objects extends ObjectContract {
    Objects() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class Lists extends ListContract {
    Lists() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class Watches extends WatchContract {
    Watches() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class Patches extends PatchContract {
    Patches() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class CustomResources extends CustomResourceContract {
    CustomResources() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class Deletions extends DeletionContract {
    Deletions() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class Access extends AccessContract {
    Access() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class MediaTypes extends MediaTypeContract {
    MediaTypes() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class PodAdmission extends PodAdmissionContract {
    PodAdmission() {
      super(RealApiServerTest::kubeconfig);
    }
  }

  @Nested
  class Kubectl extends KubectlContract {
    Kubectl() {
      super(RealApiServerTest::kubeconfig);
    }
  }
}
