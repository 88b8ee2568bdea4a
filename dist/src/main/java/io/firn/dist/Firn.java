package io.firn.dist;

import io.firn.cli.FirnCli;
import io.firn.cli.LazyCommand;
import io.firn.cli.Session;
import io.firn.cli.Terminal;
import io.firn.cluster.kubernetes.ConnectOptions;
import io.firn.cluster.kubernetes.KubernetesCluster;
import io.firn.point.StoreAccess;
import io.firn.repository.Repository;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// The program: the one place where parts meet. A new storage backend is a line here.
public final class Firn {
  private Firn() {}

  public static void main(String[] arguments) {
    if (mayOpenAVault(arguments)) {
      // While the command line is read, which leaves a processor idle.
      Thread.ofPlatform().daemon().name("firn-rehearsal").start(Repository::prepareOpen);
    }
    int exitCode = cli(session(Terminal.ofProcess())).run(arguments);
    System.exit(exitCode);
  }

  private static boolean mayOpenAVault(String[] arguments) {
    return arguments.length > 1
        && !List.of("cluster", "demo", "version", "help").contains(arguments[0]);
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
