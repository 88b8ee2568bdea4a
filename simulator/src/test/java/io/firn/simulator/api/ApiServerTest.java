package io.firn.simulator.api;

import io.firn.simulator.world.InEveryWorld;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The contract, kept by the simulated API server and by a real one. The user of a real one's
/// kubeconfig must have a token and may do everything.
@InEveryWorld
class ApiServerTest {
  @RegisterExtension static final ContractServer SERVER = ContractServer.straight();

  @Nested
  class Objects extends ObjectContract {
    Objects() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class Lists extends ListContract {
    Lists() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class Watches extends WatchContract {
    Watches() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class Patches extends PatchContract {
    Patches() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class CustomResources extends CustomResourceContract {
    CustomResources() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class Deletions extends DeletionContract {
    Deletions() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class Access extends AccessContract {
    Access() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class MediaTypes extends MediaTypeContract {
    MediaTypes() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class PodAdmission extends PodAdmissionContract {
    PodAdmission() {
      super(SERVER::kubeconfig);
    }
  }

  @Nested
  class Kubectl extends KubectlContract {
    Kubectl() {
      super(SERVER::kubeconfig);
    }
  }
}
