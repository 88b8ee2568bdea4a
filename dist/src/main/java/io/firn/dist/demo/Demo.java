package io.firn.dist.demo;

import io.firn.cli.FirnCli;
import io.firn.cli.Session;
import io.firn.cli.output.Human;
import io.firn.cluster.Cluster;
import io.firn.failure.FirnException;
import io.firn.simulator.SimulatedCluster;
import io.firn.simulator.SimulatorOptions;
import io.firn.simulator.guest.ImageServer;
import io.firn.simulator.guest.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// Tells the story in a folder. For one thread, once.
public final class Demo {
  private static final long SEED = 1;

  private final Session session;
  private final DemoPlace place;
  private final Path directory;
  private final DemoReport report;
  private final Stage stage;

  /// `cli` makes the tree of commands for a session.
  public Demo(Session session, Function<Session, FirnCli> cli, DemoPlace place) {
    this.session = session;
    this.place = place;
    this.directory = place.directory();
    this.report = new DemoReport(session.clock());
    this.stage = new Stage(session, cli, directory, report);
  }

  /// Whether every claim holds. `keep` leaves the cluster running until the thread is interrupted.
  public boolean run(boolean keep) throws IOException, InterruptedException {
    out().println("Everything lies in " + directory);
    // A folder of its own: the server must not reach the password beside it.
    Path folder = Files.createDirectories(directory.resolve("images"));
    RootImage image = RootImage.write(folder.resolve("orders-root.img"));
    try (ImageServer images = ImageServer.start(folder, 0)) {
      stage.step(1, "A cluster with virtual machines");
      stage.show("firn cluster start --dir " + directory + place.clusterOptions());
      try (SimulatedCluster simulator =
          SimulatedCluster.start(options(), Workload.DEFAULT, place.plane())) {
        stage.settings().forEach((name, value) -> stage.show("export " + name + "=" + value));
        tell(simulator, image, images);
        close();
        if (keep) {
          stay();
        }
      }
    }
    return report.broken().isEmpty();
  }

  private void tell(SimulatedCluster simulator, RootImage image, ImageServer images)
      throws IOException, InterruptedException {
    try (Cluster cluster =
        session.clusters().connect(Optional.of(simulator.kubeconfig()), Optional.empty())) {
      new DemoStory(stage, simulator, cluster, image, images).tell();
    } catch (DemoFailure | FirnException e) {
      report.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void close() throws IOException {
    Path file = directory.resolve("report.json");
    report.write(file);
    List<String> broken = report.broken();
    if (broken.isEmpty()) {
      out().println("\nEvery claim holds; " + Human.duration(report.elapsed()) + " in all.");
    } else {
      out().println("\nNOT as it should be:");
      broken.forEach(line -> out().println("  ✗ " + line));
    }
    out().println("Report: " + file);
  }

  private void stay() throws InterruptedException {
    out().println("\nThe cluster stays. In another terminal:");
    stage.settings().forEach((name, value) -> out().println("  export " + name + "=" + value));
    out().println("Ctrl-C ends it.");
    new CountDownLatch(1).await();
  }

  private SimulatorOptions options() {
    return new SimulatorOptions(
        directory, 0, SEED, InstantSource.system(), Map.of("firn", place.moverCommand()), Set.of());
  }

  private PrintStream out() {
    return session.terminal().out();
  }
}
