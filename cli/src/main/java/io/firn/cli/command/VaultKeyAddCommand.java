package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.ExitCode;
import io.firn.point.PasswordFile;
import io.firn.point.Vault;
import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault key add`.
@Command(name = "add", description = "Let one more password open the vault.", sortOptions = false)
public final class VaultKeyAddCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the new password.")
  private Path newPasswordFile = Path.of("");

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
      for (String name : domains.names(vault)) {
        try (Repository repository = DomainOptions.open(vault, name)) {
          KeyId id = repository.keys().add(added);
          session.terminal().out().println(name + "  added key " + id.toString().substring(0, 8));
        }
      }
    }
    return ExitCode.DONE;
  }
}
