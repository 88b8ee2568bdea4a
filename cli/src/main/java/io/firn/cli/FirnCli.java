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
import io.firn.cli.output.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The tree of commands, and how one is run. Thread-safe: each run has a tree of its own.
public final class FirnCli {
  private static final int WIDTH = 100;

  private final Session session;
  private final List<Object> more;

  /// `more` are commands that only the assembly knows (`demo`, `cluster`).
  public FirnCli(Session session, List<Object> more) {
    this.session = session;
    this.more = List.copyOf(more);
  }

  /// Runs one command line and returns its exit code. Results go to standard output, everything
  /// else to standard error.
  public int run(String... arguments) {
    try (Interruption _ = new Interruption()) {
      return commandLine().execute(arguments);
    } finally {
      session.terminal().out().flush();
      session.terminal().err().flush();
    }
  }

  /// A fresh tree; completion scripts and tests look at it.
  public CommandLine commandLine() {
    CommandLine root = new CommandLine(new RootCommand());
    root.setCommandName(session.name());
    commands().forEach(root::addSubcommand);
    more.forEach(root::addSubcommand);
    root.addSubcommand(new CompletionCommand(session, root));
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
  private List<Object> commands() {
    return List.of(
        new GraphCommand(session),
        new BackupCommand(session),
        new PointsCommand(session),
        PointCommand.with(session),
        new ForgetCommand(session),
        VaultCommand.with(session),
        new RestoreCommand(session),
        new VerifyCommand(session),
        new DoctorCommand(session),
        MoverCommand.with(session),
        new VersionCommand(session));
  }
}
