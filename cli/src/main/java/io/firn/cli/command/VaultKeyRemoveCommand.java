package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.DomainOptions;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.Vault;
import io.firn.repository.KeyId;
import io.firn.repository.Repository;
import io.firn.repository.key.KeyRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `firn vault key remove`.
@Command(
    name = "remove",
    description = "Remove keys, so that their passwords no longer open.",
    sortOptions = false)
public final class VaultKeyRemoveCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "KEY",
      arity = "1..*",
      description = "IDs of keys, or unique beginnings of them, as 'key list' prints them.")
  private List<String> wanted = new ArrayList<>();

  @Mixin private DomainOptions domains = new DomainOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private LockOptions locks = new LockOptions();

  public VaultKeyRemoveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<String> left = new ArrayList<>(wanted);
    try (Vault vault = vaults.open(session, locks)) {
      for (String name : domains.names(vault)) {
        try (Repository repository = DomainOptions.open(vault, name)) {
          List<String> found = wanted.stream().filter(w -> remove(repository, name, w)).toList();
          left.removeAll(found);
        }
      }
    }
    if (!left.isEmpty()) {
      throw UsageFailure.of(
          "no key of the vault begins with " + String.join(", ", left),
          "See 'firn vault key list'.");
    }
    return ExitCode.DONE;
  }

  private boolean remove(Repository repository, String domain, String beginning) {
    List<KeyId> matches =
        repository.keys().ids().stream().filter(id -> id.toString().startsWith(beginning)).toList();
    if (matches.size() > 1) {
      throw UsageFailure.of(
          "several keys of " + domain + " begin with " + beginning, "Give more digits.");
    }
    matches.forEach(id -> remove(repository, domain, id));
    return !matches.isEmpty();
  }

  private void remove(Repository repository, String domain, KeyId id) {
    KeyRemoval removal = repository.keys().remove(id);
    String shown = domain + "  key " + id.toString().substring(0, 8);
    switch (removal) {
      case REMOVED -> session.terminal().out().println(shown + " removed");
      case ABSENT -> session.terminal().out().println(shown + " was gone already");
      case REFUSED_CURRENT -> throw refused(shown, "is the one of the password in use");
      case REFUSED_LAST -> throw refused(shown, "may be the last one that opens");
    }
  }

  private static FirnException refused(String shown, String why) {
    return new FirnException(
        new Failure(
            FailureCode.VAULT_FAILED,
            shown + " is not removed: it " + why,
            "Open the vault with another password first.",
            Map.of("key", shown),
            false));
  }
}
