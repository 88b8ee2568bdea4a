package io.firn.dist;

import io.firn.cli.FirnCli;
import io.firn.cli.LazyCommand;
import io.firn.cli.Session;
import io.firn.cli.Terminal;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.point.StoreAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// The program: the one place where parts meet. A new storage backend is a line here.
public final class Firn {
  private Firn() {}

  public static void main(String[] arguments) {
    int exitCode = cli(session(Terminal.ofProcess())).run(arguments);
    System.exit(exitCode);
  }

  /// The commands of the command line, and those that need the simulator.
  static FirnCli cli(Session session) {
    return new FirnCli(
        session,
        List.of(
            new LazyCommand("cluster", () -> ClusterCommand.with(session)),
            new LazyCommand("demo", () -> new DemoCommand(session))));
  }

  /// The real world.
  static Session session(Terminal terminal) {
    return new Session(
        System.getProperty("firn.name", "firn"),
        terminal,
        System.getenv(),
        (kubeconfig, context) -> KubernetesCluster.connect(new ConnectOptions(kubeconfig, context)),
        new VaultStores(StoreAccess.STANDARD, name -> System.getenv().getOrDefault(name, "")),
        InstantSource.system(),
        RandomGenerator.getDefault());
  }
}
