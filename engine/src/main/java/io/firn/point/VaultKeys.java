package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.repository.KeyId;
import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.key.KeyEntry;
import io.firn.repository.key.KeyRemoval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The passwords of a vault: of the marker and of every domain, which have keys of their own. What
/// was cut short is finished by doing it again.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class VaultKeys {
  private final Vault vault;

  public VaultKeys(Vault vault) {
    this.vault = vault;
  }

  /// What became of the password in one repository of the vault.
  public record KeyChange(String repository, Optional<KeyId> added, List<KeyId> removed) {
    public KeyChange {
      removed = List.copyOf(removed);
    }
  }

  /// Lets one more password open every repository named, each where it does not already. `label`
  /// shows in lists of keys; empty for the user's name.
  public List<KeyChange> add(List<String> repositories, Password added, String label) {
    List<KeyChange> changes = new ArrayList<>();
    for (String name : repositories) {
      try (Repository repository = vault.openFolder(name)) {
        changes.add(new KeyChange(name, add(repository, added, label), List.of()));
      } catch (RepositoryException e) {
        throw RepositoryFailures.of(e);
      }
    }
    return changes;
  }

  /// Replaces the vault's password by another one, everywhere: first the new one is let in, then
  /// the old one is shut out, the marker's last. Cut anywhere, the vault opens with the old
  /// password or with both, and the same change made again finishes the rest. A repository that
  /// somebody makes meanwhile is changed too.
  public List<KeyChange> change(Password next) {
    try (Password old = vault.password()) {
      requireOther(old, next);
      Map<String, KeyId> added = new HashMap<>();
      for (String name : markerFirst()) {
        letIn(name, old, next).ifPresent(key -> added.put(name, key));
      }
      List<KeyChange> changes = new ArrayList<>();
      for (String name : markerFirst().reversed()) {
        // Once more: the domain may have been made since.
        letIn(name, old, next).ifPresent(key -> added.put(name, key));
        List<KeyId> removed = shutOut(name, old, next);
        changes.add(new KeyChange(name, Optional.ofNullable(added.get(name)), removed));
      }
      return List.copyOf(changes);
    }
  }

  /// The marker first, then the domains.
  private List<String> markerFirst() {
    return Stream.concat(Stream.of(Vault.MARKER), vault.domains().stream().map(Domain::name))
        .toList();
  }

  private Optional<KeyId> letIn(String name, Password old, Password next) {
    try (Repository repository = openWithEither(name, old, next)) {
      return repository.keys().openedBy(next).isEmpty()
          ? Optional.of(replacement(repository, next))
          : Optional.empty();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  /// The new key has the label of the old one, whose place it takes: there may be no other left.
  private static KeyId replacement(Repository repository, Password next) {
    return repository.keys().listing().readable().stream()
        .filter(KeyEntry::current)
        .findFirst()
        .map(old -> repository.keys().addInPlaceOf(old.id(), next, old.username()))
        .orElseGet(() -> repository.keys().add(next));
  }

  private static Optional<KeyId> add(Repository repository, Password added, String label) {
    if (!repository.keys().openedBy(added).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        label.isEmpty() ? repository.keys().add(added) : repository.keys().add(added, label));
  }

  /// Opened with the new password, so that the key in use is never the one that goes.
  private List<KeyId> shutOut(String name, Password old, Password next) {
    try (Repository repository = vault.openFolder(name, next)) {
      return repository.keys().openedBy(old).stream()
          .filter(key -> removed(name, key, repository.keys().remove(key)))
          .toList();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }

  private static boolean removed(String name, KeyId key, KeyRemoval removal) {
    return switch (removal) {
      case REMOVED -> true;
      case ABSENT -> false;
      case REFUSED_CURRENT, REFUSED_LAST ->
          throw failure(
              FailureCode.VAULT_FAILED,
              "key " + key + " of " + name + " was not removed: it may be the last that opens",
              "See 'firn vault key list', then change the password again.");
    };
  }

  /// A damaged key may be the old one's, or somebody else's where the old one has gone already.
  private Repository openWithEither(String name, Password old, Password next) {
    try {
      return vault.openFolder(name, old);
    } catch (FirnException e) {
      if (!opensNothing(e)) {
        throw e;
      }
      try {
        return vault.openFolder(name, next);
      } catch (FirnException other) {
        throw opensNothing(other) ? e : other;
      }
    }
  }

  private static boolean opensNothing(FirnException e) {
    return e.failure().code() == FailureCode.VAULT_WRONG_PASSWORD
        || e.failure().code() == FailureCode.VAULT_DAMAGED;
  }

  private static void requireOther(Password old, Password next) {
    char[] before = old.characters();
    char[] after = next.characters();
    boolean same = Arrays.equals(before, after);
    Arrays.fill(before, '\0');
    Arrays.fill(after, '\0');
    if (same) {
      throw failure(
          FailureCode.USAGE, "the new password is the old one", "Name a file with another one.");
    }
  }

  private static FirnException failure(FailureCode code, String summary, String guidance) {
    return new FirnException(new Failure(code, summary, guidance, Map.of(), false));
  }
}
