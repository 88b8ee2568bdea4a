package io.firn.dist;

import io.firn.cli.Session;
import io.firn.failure.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `firn cluster stop`.
@Command(name = "stop", description = "Stop the cluster of a folder and wait until it is gone.")
final class ClusterStopCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 60;

  private final Session session;

  @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Its folder.")
  private Path directory = Path.of("");

  ClusterStopCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Optional<ProcessHandle> process =
        new ClusterFolder(directory.toAbsolutePath().normalize()).process();
    if (process.isEmpty()) {
      session.terminal().out().println("no cluster runs in " + directory);
      return ExitCode.DONE;
    }
    process.get().destroy();
    try {
      process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      session
          .terminal()
          .err()
          .println("error: process " + process.get().pid() + " has not ended within a minute");
      return ExitCode.FAILED;
    }
    session.terminal().out().println("stopped");
    return ExitCode.DONE;
  }
}
