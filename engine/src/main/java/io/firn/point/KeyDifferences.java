package io.firn.point;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.key.KeyEntry;
import io.firn.repository.key.KeyListing;
import java.util.ArrayList;
import java.util.List;

/// Whether the domains of a vault have the passwords that its marker has. A domain that is made
/// later has only the one that made it, and a change of password may have been cut short: somebody
/// would find out in an emergency.
///
/// Stateless. Keys of different repositories cannot be compared without their passwords, so this
/// compares their number and their labels. A damaged key counts as one; its label is not known.
public record KeyDifferences(Vault vault) {

  /// One sentence for each domain that differs.
  public List<String> find() {
    KeyListing expected = keys(Vault.MARKER);
    List<String> differences = new ArrayList<>();
    for (Domain domain : vault.domains()) {
      try {
        KeyListing found = keys(domain.name());
        if (found.size() != expected.size()) {
          differences.add(describe(domain, found, expected));
        }
      } catch (FirnException e) {
        if (e.failure().code() != FailureCode.VAULT_WRONG_PASSWORD) {
          throw e;
        }
        differences.add(domain + " does not open with this password, the vault does");
      }
    }
    return differences;
  }

  private static String describe(Domain domain, KeyListing found, KeyListing expected) {
    List<String> lacking = labels(expected);
    labels(found).forEach(lacking::remove);
    String which = lacking.isEmpty() ? "" : "; none of it is " + String.join(", ", lacking) + "'s";
    return "%s has %d keys, the vault's marker %d%s: add or remove a password there"
        .formatted(domain, found.size(), expected.size(), which);
  }

  private static List<String> labels(KeyListing keys) {
    return new ArrayList<>(keys.readable().stream().map(KeyEntry::username).sorted().toList());
  }

  private KeyListing keys(String name) {
    try (Repository repository = vault.openFolder(name)) {
      return repository.keys().listing();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
