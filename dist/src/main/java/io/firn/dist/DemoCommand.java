package io.firn.dist;

import io.firn.cli.Session;
import io.firn.cli.output.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `firn demo`.
@Command(name = "demo", description = "Show the whole story on a cluster of its own.")
final class DemoCommand implements Callable<Integer> {
  private final Session session;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.terminal().out().println(session.name());
    return ExitCode.FAILED;
  }
}
