package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `firn vault repair index`.
@Command(
    name = "repair",
    description = {"Mend what a check has found.", "", "Needs the vault for itself while it runs."})
public final class VaultRepairCommand extends Subcommands {

  /// With its subcommands, which need the session and so cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(new VaultRepairCommand())
        .addSubcommand(new VaultRepairIndexCommand(session));
  }
}
