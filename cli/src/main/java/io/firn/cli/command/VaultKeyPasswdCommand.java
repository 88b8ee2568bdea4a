package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.failure.ExitCode;
import io.firn.point.PasswordFile;
import io.firn.point.Vault;
import io.firn.point.VaultKeys;
import io.firn.point.VaultKeys.KeyChange;
import io.firn.repository.Password;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault key passwd`.
@Command(
    name = "passwd",
    description = {
      "Replace the password in use by another one, in all of the vault.",
      "",
      "First the new one is let in everywhere, then the old one is shut out. If it is interrupted,"
          + " run it again, with the old password still: it finishes. Other passwords stay, and so do"
          + " damaged keys. In between a repository with twenty keys has one more, which restic may"
          + " not try. Whoever"
          + " has opened the vault before may have kept the key that all passwords lead to: a"
          + " leaked vault needs a new vault."
    },
    footer = {"", "Example:", "  firn vault key passwd --new-password-file /run/next"},
    sortOptions = false)
public final class VaultKeyPasswdCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the new password.")
  private Path newPasswordFile = Path.of("");

  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private LockOptions locks = new LockOptions();

  public VaultKeyPasswdCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Password next = PasswordFile.read(newPasswordFile);
        Vault vault = vaults.open(session, locks)) {
      for (KeyChange change : new VaultKeys(vault).change(next)) {
        String added = change.added().map(id -> "added " + short8(id)).orElse("was added before");
        String removed =
            change.removed().isEmpty()
                ? "the old one was gone already"
                : "removed "
                    + String.join(
                        ", ",
                        change.removed().stream().map(VaultKeyPasswdCommand::short8).toList());
        session.terminal().out().println(change.repository() + "  " + added + ", " + removed);
      }
    }
    return ExitCode.DONE;
  }

  private static String short8(Object id) {
    return id.toString().substring(0, 8);
  }
}
