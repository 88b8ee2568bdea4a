package io.firn.simulator.api;

import io.firn.simulator.proxy.FaultProxy;
import io.firn.simulator.world.World;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The API server of the world that this JVM tests: the simulator's, or a real one. Tests go to it
/// straight or through a fault proxy, started when first asked for.
final class ContractServer implements AfterAllCallback {
  private final SimulatedServer simulated = new SimulatedServer();
  private final boolean proxied;
  private Optional<FaultProxy> proxy = Optional.empty();

  private ContractServer(boolean proxied) {
    this.proxied = proxied;
  }

  static ContractServer straight() {
    return new ContractServer(false);
  }

  static ContractServer behindProxy() {
    return new ContractServer(true);
  }

  /// A kubeconfig of a cluster admin.
  synchronized Path kubeconfig() {
    Path direct = World.kubeconfig().orElseGet(simulated::kubeconfig);
    if (!proxied) {
      return direct;
    }
    Path through = simulated.directory().resolve("proxy.kubeconfig");
    if (proxy.isEmpty()) {
      FaultProxy started = FaultProxy.start(simulated.directory().resolve("proxy"), 0, direct);
      started.writeKubeconfig(through, "proxied");
      proxy = Optional.of(started);
    }
    return through;
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) throws Exception {
    if (context.getRequiredTestClass().getEnclosingClass() == null) {
      proxy.ifPresent(FaultProxy::close);
    }
    simulated.afterAll(context);
  }
}
