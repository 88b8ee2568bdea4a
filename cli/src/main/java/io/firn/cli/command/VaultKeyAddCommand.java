package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
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

/// `firn vault key add`.
@Command(
    name = "add",
    description = {
      "Let one more password open the vault.",
      "",
      "An escrow password, say: one that lies in a safe for the day when the first is lost. Add it"
          + " again after a new domain was made; 'firn vault info' tells when that is due. A repository"
          + " takes twenty keys: restic tries no more."
    },
    footer = {
      "",
      "Example:",
      "  firn vault key add --label escrow --new-password-file /run/escrow"
    },
    sortOptions = false)
public final class VaultKeyAddCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the new password.")
  private Path newPasswordFile = Path.of("");

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description =
          "What lists show as the key's owner, such as 'escrow'; default: this user's name.")
  private String label = "";

  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private LockOptions locks = new LockOptions();

  public VaultKeyAddCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Password added = PasswordFile.read(newPasswordFile);
        Vault vault = vaults.open(session, locks)) {
      for (KeyChange change : new VaultKeys(vault).add(domains.names(vault), added, label)) {
        String what =
            change
                .added()
                .map(id -> "added key " + id.toString().substring(0, 8))
                .orElse("opens with it already");
        session.terminal().out().println(change.repository() + "  " + what);
      }
    }
    return ExitCode.DONE;
  }
}
