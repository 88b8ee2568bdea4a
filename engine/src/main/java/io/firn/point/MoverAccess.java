package io.firn.point;

import java.util.List;
import java.util.Optional;

/// What a mover needs to reach a vault: where it is, files that prove that it may (credentials, a
/// CA), and the service account whose role it uses instead of credentials.
public record MoverAccess(
    VaultLocation vault, List<SecretFile> files, Optional<String> serviceAccount) {
  public MoverAccess {
    files = List.copyOf(files);
  }

  /// For vaults that are mounted into the pod.
  public static MoverAccess mounted(VaultLocation vault) {
    return new MoverAccess(vault, List.of(), Optional.empty());
  }
}
