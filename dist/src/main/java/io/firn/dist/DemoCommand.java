package io.firn.dist;

import io.firn.cli.Session;
import io.firn.dist.demo.Demo;
import io.firn.dist.demo.DemoPlace;
import io.firn.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn demo`.
@Command(
    name = "demo",
    description = {
      "Show the whole story on a KubeVirt cluster of its own, in about a minute.",
      "",
      "Machines are made, backed up while they write, lost, restored, copied and verified. Every"
          + " command is printed before it runs, every claim is checked. Exit code 1 where a claim"
          + " does not hold."
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Folder for all of it: kubeconfig, vault, password, graph.svg, report.json;"
              + " default: a fresh temporary one.")
  private @Nullable Path directory;

  @Option(names = "--keep", description = "Leave the cluster running at the end, until Ctrl-C.")
  private boolean keep;

  @Mixin private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home =
        directory == null
            ? Files.createTempDirectory("firn-demo-")
            : Files.createDirectories(directory);
    ClusterFolder folder = new ClusterFolder(home.toAbsolutePath().normalize());
    folder.claim();
    try (PlaneLease lease = controlPlane.open(session.terminal().err())) {
      DemoPlace place =
          new DemoPlace(
              folder.directory(), MoverImage.command(), lease.plane(), controlPlane.shown());
      Demo demo = new Demo(session, Firn::cli, place);
      return demo.run(keep) ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      folder.release();
    }
  }
}
