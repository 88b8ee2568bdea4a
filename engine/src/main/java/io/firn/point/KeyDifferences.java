package io.firn.point;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.failure.RepositoryFailures;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.key.KeyEntry;
import java.util.ArrayList;
import java.util.List;

/// Whether the domains of a vault have the passwords that its marker has. A domain that is made
/// later has only the one that made it, and a change of password may have been cut short: somebody
/// would find out in an emergency.
///
/// Stateless. Keys of different repositories cannot be compared without their passwords, so this
/// compares their number and their labels.
public record KeyDifferences(Vault vault) {

  /// One sentence for each domain that differs.
  public List<String> find() {
    List<String> expected = labels(Vault.MARKER);
    List<String> differences = new ArrayList<>();
    for (Domain domain : vault.domains()) {
      try {
        List<String> found = labels(domain.name());
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

  private static String describe(Domain domain, List<String> found, List<String> expected) {
    List<String> lacking = new ArrayList<>(expected);
    found.forEach(lacking::remove);
    String which = lacking.isEmpty() ? "" : "; none of it is " + String.join(", ", lacking) + "'s";
    return "%s has %d keys, the vault's marker %d%s: add or remove a password there"
        .formatted(domain, found.size(), expected.size(), which);
  }

  private List<String> labels(String name) {
    try (Repository repository = vault.openFolder(name)) {
      return repository.keys().list().stream().map(KeyEntry::username).sorted().toList();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
