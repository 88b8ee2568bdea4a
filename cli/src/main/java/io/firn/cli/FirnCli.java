package io.firn.cli;

import io.firn.cli.command.BackupCommand;
import io.firn.cli.command.CompletionCommand;
import io.firn.cli.command.DoctorCommand;
import io.firn.cli.command.ForgetCommand;
import io.firn.cli.command.GraphCommand;
import io.firn.cli.command.MoverCommand;
import io.firn.cli.command.PointCommand;
import io.firn.cli.command.PointsCommand;
import io.firn.cli.command.RestoreCommand;
import io.firn.cli.command.RootCommand;
import io.firn.cli.command.VaultCommand;
import io.firn.cli.command.VerifyCommand;
import io.firn.cli.command.VersionCommand;
import io.firn.failure.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The tree of commands, and how one is run. Thread-safe: each run has a tree of its own.
public final class FirnCli {
  private static final int WIDTH = 100;

  private final Session session;
  private final List<LazyCommand> more;

  /// `more` are commands that only the assembly knows (`demo`, `cluster`).
  public FirnCli(Session session, List<LazyCommand> more) {
    this.session = session;
    this.more = List.copyOf(more);
  }

  /// Runs one command line and returns its exit code. Results go to standard output, everything
  /// else to standard error.
  public int run(String... arguments) {
    try (Interruption _ = new Interruption()) {
      return commandLine(arguments.length == 0 ? "" : arguments[0]).execute(arguments);
    } finally {
      session.terminal().out().flush();
      session.terminal().err().flush();
    }
  }

  /// A fresh tree; completion scripts and tests look at it.
  public CommandLine commandLine() {
    return commandLine("");
  }

  /// Only the named command is made, where there is one of that name: reading the options of all
  /// others by reflection would take a third of the time of a short command.
  private CommandLine commandLine(String name) {
    CommandLine root = new CommandLine(new RootCommand());
    root.setCommandName(session.name());
    root.getCommandSpec().versionProvider(VersionCommand::lines);
    List<LazyCommand> all = Stream.concat(commands().stream(), more.stream()).toList();
    boolean known = all.stream().anyMatch(command -> command.name().equals(name));
    all.stream()
        .filter(command -> !known || command.name().equals(name))
        .forEach(command -> root.addSubcommand(command.make().get()));
    if (!known) {
      root.addSubcommand(new CompletionCommand(session, root));
    }
    FailureHandler failures = new FailureHandler(session);
    root.setExecutionExceptionHandler(failures);
    root.setParameterExceptionHandler(failures);
    root.setExitCodeExceptionMapper(_ -> ExitCode.FAILED);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpWidth(WIDTH);
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    root.setOut(new PrintWriter(session.terminal().out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(session.terminal().err(), true, StandardCharsets.UTF_8));
    return root;
  }

  /// Every command, one line each, in the order of the help.
  private List<LazyCommand> commands() {
    return List.of(
        new LazyCommand("graph", () -> new GraphCommand(session)),
        new LazyCommand("backup", () -> new BackupCommand(session)),
        new LazyCommand("points", () -> new PointsCommand(session)),
        new LazyCommand("point", () -> PointCommand.with(session)),
        new LazyCommand("forget", () -> new ForgetCommand(session)),
        new LazyCommand("vault", () -> VaultCommand.with(session)),
        new LazyCommand("restore", () -> new RestoreCommand(session)),
        new LazyCommand("verify", () -> new VerifyCommand(session)),
        new LazyCommand("doctor", () -> new DoctorCommand(session)),
        new LazyCommand("mover", () -> MoverCommand.with(session)),
        new LazyCommand("version", () -> new VersionCommand(session)));
  }
}
