package io.firn.dist;

import io.firn.cli.Terminal;
import io.firn.cli.options.UsageFailure;
import io.firn.simulator.ControlPlane;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import io.firn.simulator.guest.Workload;
import java.util.List;

/// Starts a cluster; on one that runs already, says first what will be installed there.
final class ClusterStart {
  private ClusterStart() {}

  static SimulatedCluster on(ControlPlane plane, SimulatorOptions options, Terminal terminal) {
    try {
      if (plane instanceof ControlPlane.Existing) {
        List<String> missing = SimulatedCluster.toInstall(options, plane);
        terminal.err().println("to be installed in the cluster, and removed at the end:");
        missing.forEach(one -> terminal.err().println("  " + one));
        terminal.err().println("what is there already is left alone");
      }
      return SimulatedCluster.start(options, Workload.DEFAULT, plane);
    } catch (IllegalStateException e) {
      throw UsageFailure.of(
          String.valueOf(e.getMessage()),
          "docs/clusters.md says which clusters can be used, and how.");
    }
  }
}
