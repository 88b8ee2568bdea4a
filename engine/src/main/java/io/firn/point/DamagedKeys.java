package io.firn.point;

import io.firn.failure.RepositoryFailures;
import io.firn.repository.RepositoryException;
import io.firn.repository.backend.Backend;
import io.firn.repository.key.KeyFiles;
import java.util.ArrayList;
import java.util.List;

/// Key files of a vault's marker and domains that are no longer what they were. They are in
/// nobody's way as long as another key opens, and whoever has their password should know before it
/// is needed. Stateless.
public record DamagedKeys(Vault vault) {

  /// One sentence for each, with what to do.
  public List<String> find() {
    List<String> found = new ArrayList<>(in(Vault.MARKER, vault.markerBackend()));
    for (Domain domain : vault.domains()) {
      found.addAll(in(domain.name(), vault.backend(domain)));
    }
    return List.copyOf(found);
  }

  private static List<String> in(String name, Backend backend) {
    try (backend) {
      return new KeyFiles(backend)
          .faults().entrySet().stream()
              .map(key ->
                  "%s: keys/%s is damaged: %s. Copy it back from elsewhere, or remove it: firn vault key remove --domain %s %s"
                      .formatted(name, key.getKey(), key.getValue(), name, key.getKey()))
              .toList();
    } catch (RepositoryException e) {
      throw RepositoryFailures.of(e);
    }
  }
}
