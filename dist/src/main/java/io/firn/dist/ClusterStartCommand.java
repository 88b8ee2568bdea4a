package io.firn.dist;

import io.firn.cli.Session;
import io.firn.failure.ExitCode;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn cluster start`: in the foreground, until it is interrupted.
@Command(
    name = "start",
    description = {
      "Start a cluster in the foreground; Ctrl-C ends it. Its folder stays.",
      "",
      "Node, storage and guests are the simulator's; API server, KubeVirt and CDI can be real."
    },
    sortOptions = false)
final class ClusterStartCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder for everything: kubeconfig, volumes.")
  private Path directory = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the simulator's API server on loopback; default: any free one.")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all that is random; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--without",
      paramLabel = "CONTROLLER",
      split = ",",
      description = "Leave out a controller, so that a real one can take its place.")
  private Set<String> without = Set.of();

  @Mixin private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

  ClusterStartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path home = directory.toAbsolutePath().normalize();
    ClusterFolder folder = new ClusterFolder(home);
    folder.claim();
    SimulatorOptions options =
        new SimulatorOptions(
            home,
            port,
            seed,
            InstantSource.system(),
            Map.of("firn", MoverImage.command()),
            without);
    try (PlaneLease lease = controlPlane.open(session.terminal().err());
        SimulatedCluster cluster = ClusterStart.on(lease.plane(), options, session.terminal())) {
      session.terminal().out().println("export KUBECONFIG=" + cluster.kubeconfig());
      session.terminal().err().println("cluster at " + cluster.server() + "; Ctrl-C ends it");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      session.terminal().err().println("cluster stopped");
    } finally {
      folder.release();
    }
    return ExitCode.DONE;
  }
}
