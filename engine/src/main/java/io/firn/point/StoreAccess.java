package io.firn.point;

import java.nio.file.Path;
import java.util.Optional;

/// How vaults are reached from this process, besides their addresses: where an nfs: or pvc: vault
/// is mounted; for object storage a file with credentials and one with CA certificates (PEM), and
/// the service account that movers run as to use its role.
public record StoreAccess(
    Optional<Path> mountedAt,
    Optional<Path> credentialsFile,
    Optional<Path> caFile,
    Optional<String> moverServiceAccount) {
  public static final StoreAccess STANDARD =
      new StoreAccess(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
