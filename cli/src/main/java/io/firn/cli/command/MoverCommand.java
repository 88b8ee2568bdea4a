package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `firn mover backup|restore`.
@Command(
    name = "mover",
    description = {
      "Carry one volume between a disk and the vault: what the Jobs of a backup run.",
      "",
      "Needs no cluster; may be run and timed by hand on any file, folder or device."
    })
public final class MoverCommand extends Subcommands {

  /// As a spec: subcommands that need the session cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(CommandSpec.forAnnotatedObject(new MoverCommand()))
        .addSubcommand(new MoverBackupCommand(session))
        .addSubcommand(new MoverRestoreCommand(session));
  }
}
