package io.firn.point;

import io.firn.repository.backend.Backend;
import java.util.List;
import java.util.Optional;

/// Reaches the places where vaults rest. One implementation per kind of storage, chosen in one
/// place.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public interface Backends {
  /// Whether there is anything at the vault's place.
  boolean exists(VaultLocation vault);

  /// The names of the folders directly below the vault, sorted; none where it does not exist.
  List<String> folders(VaultLocation vault);

  /// The backend of one folder of the vault, which need not exist yet.
  Backend open(VaultLocation vault, String folder);

  /// The same, reaching vaults in this way; itself where there is only one way.
  default Backends with(StoreAccess access) {
    return this;
  }

  /// What a mover needs to reach the vault.
  default MoverAccess moverAccess(VaultLocation vault) {
    return MoverAccess.mounted(vault);
  }

  /// What the storage itself enforces; empty where it is no object storage.
  default Optional<StoreProtection> protection(VaultLocation vault) {
    return Optional.empty();
  }
}
