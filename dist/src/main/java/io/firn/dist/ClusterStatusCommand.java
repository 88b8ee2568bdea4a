package io.firn.dist;

import io.firn.cli.Session;
import io.firn.failure.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `firn cluster status`.
@Command(
    name = "status",
    description = "Say whether a cluster runs in a folder; exit code 1 where none does.")
final class ClusterStatusCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Its folder.")
  private Path directory = Path.of("");

  ClusterStatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ClusterFolder folder = new ClusterFolder(directory.toAbsolutePath().normalize());
    Optional<ProcessHandle> process = folder.process();
    String line =
        process
            .map(p -> "running as process " + p.pid() + "; KUBECONFIG=" + folder.kubeconfig())
            .orElse("not running");
    session.terminal().out().println(line);
    return process.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
