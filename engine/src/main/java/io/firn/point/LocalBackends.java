package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Vaults in folders of this machine. An NFS share or a claim is reached through `mountedAt`, the
/// folder where it is mounted here; without it such a vault cannot be opened from this machine.
public record LocalBackends(Optional<Path> mountedAt) implements Backends {

  /// For vaults that are plain folders.
  public static LocalBackends unmounted() {
    return new LocalBackends(Optional.empty());
  }

  @Override
  public boolean exists(VaultLocation vault) {
    return Files.exists(folder(vault));
  }

  @Override
  public List<String> folders(VaultLocation vault) {
    Path folder = folder(vault);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("lost+found"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(vault, e);
    }
  }

  @Override
  public Backend open(VaultLocation vault, String folder) {
    // A new domain is for those whom the vault is for.
    return LocalBackend.beside(folder(vault).resolve(folder), folder(vault).resolve(Vault.MARKER));
  }

  @Override
  public Backends with(StoreAccess access) {
    return new LocalBackends(access.mountedAt());
  }

  private Path folder(VaultLocation vault) {
    return switch (vault) {
      case VaultLocation.Folder(String path) -> Path.of(path);
      case VaultLocation.NfsShare share -> mountedAt.orElseThrow(() -> notMounted(share));
      case VaultLocation.Claim claim -> mountedAt.orElseThrow(() -> notMounted(claim));
      case VaultLocation.Bucket bucket ->
          throw new IllegalArgumentException(bucket.url() + " is no folder");
    };
  }

  private static FirnException notMounted(VaultLocation vault) {
    return new FirnException(
        new Failure(
            FailureCode.USAGE,
            "The vault " + vault.url() + " is not mounted on this machine",
            "Mount it and say where: --vault-mount FOLDER.",
            Map.of("vault", vault.url()),
            false));
  }

  private static FirnException unreadable(VaultLocation vault, IOException e) {
    return new FirnException(
        new Failure(
            FailureCode.VAULT_FAILED,
            "The vault "
                + vault.url()
                + " cannot be read: "
                + e.getClass().getSimpleName()
                + " "
                + e.getMessage(),
            "Check the folder's permissions and that its storage answers.",
            Map.of("vault", vault.url()),
            true),
        e);
  }
}
