package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `firn mover backup|restore`.
@Command(
    name = "mover",
    description = {
      "Carry one volume between a disk and the vault: what the Jobs of a backup run.",
      "",
      "Needs no cluster; may be run and timed by hand on any file, folder or device.",
      "",
      "Exit codes 2, 4, 10 and 12: a second try would fail as well, and the Job makes none."
    })
public final class MoverCommand extends Subcommands {

  /// With its subcommands, which need the session and so cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(new MoverCommand())
        .addSubcommand(new MoverBackupCommand(session))
        .addSubcommand(new MoverRestoreCommand(session));
  }
}
