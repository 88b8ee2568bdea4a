package io.firn.point;

import io.firn.repository.backend.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Vaults in folders of this machine. An NFS share or a claim is reached through `mountedAt`, the
/// folder where it is mounted here; without it such a vault cannot be opened from this machine.
public record LocalBackends(Optional<Path> mountedAt) implements Backends {

  /// For vaults that are plain folders.
  public static LocalBackends unmounted() {
    return new LocalBackends(Optional.empty());
  }

  @Override
  public boolean exists(VaultLocation vault) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public List<String> folders(VaultLocation vault) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public Backend open(VaultLocation vault, String folder) {
    throw new UnsupportedOperationException("stub");
  }
}
