package io.firn.point;

import io.firn.repository.backend.Backend;
import java.util.List;

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
}
