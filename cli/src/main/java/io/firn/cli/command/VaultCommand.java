package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `firn vault init|info|…`.
@Command(
    name = "vault",
    description = {
      "Make vaults and look after them.",
      "",
      "A vault is a folder of restic repositories, one for each domain (a namespace), with one"
          + " password. Stock restic opens every one of them."
    })
public final class VaultCommand extends Subcommands {

  /// With its subcommands, which need the session and so cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(new VaultCommand())
        .addSubcommand(new VaultInitCommand(session))
        .addSubcommand(new VaultInfoCommand(session))
        .addSubcommand(new VaultCheckCommand(session))
        .addSubcommand(VaultRepairCommand.with(session))
        .addSubcommand(new VaultPruneCommand(session))
        .addSubcommand(new VaultUnlockCommand(session))
        .addSubcommand(VaultKeyCommand.with(session));
  }
}
