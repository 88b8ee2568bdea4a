package io.firn.cli.command;

import io.firn.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `firn vault key add|list|passwd|remove`.
@Command(
    name = "key",
    description = {
      "Manage the passwords of a vault.",
      "",
      "Every repository of the vault has keys of its own. A domain that is made later opens with"
          + " the password that made it: add the others again. Removing a key does not undo what"
          + " its owner has read."
    })
public final class VaultKeyCommand extends Subcommands {

  /// With its subcommands, which need the session and so cannot be named in the annotation.
  public static CommandLine with(Session session) {
    return new CommandLine(new VaultKeyCommand())
        .addSubcommand(new VaultKeyAddCommand(session))
        .addSubcommand(new VaultKeyListCommand(session))
        .addSubcommand(new VaultKeyPasswdCommand(session))
        .addSubcommand(new VaultKeyRemoveCommand(session));
  }
}
