package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.point.Backends;
import io.firn.point.CacheRoot;
import io.firn.point.PasswordFile;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which vault, and its password.
public final class VaultOptions {
  @Option(
      names = "--vault",
      paramLabel = "URL",
      description =
          "Vault: a folder, file:/path, nfs://server/path, pvc://namespace/claim or"
              + " s3://bucket/prefix?option=value; default: FIRN_VAULT.")
  private @Nullable String vault;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "File whose first line is the vault's password; default: FIRN_PASSWORD_FILE, then the"
              + " password itself in FIRN_PASSWORD.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--vault-mount",
      paramLabel = "DIR",
      description = "Where an nfs: or pvc: vault is mounted on this machine.")
  private @Nullable Path mount;

  @Mixin private StoreOptions stores = new StoreOptions();

  /// Whether a vault was named at all.
  public boolean named(Session session) {
    return !text(session).isBlank();
  }

  private String text(Session session) {
    return vault != null ? vault : session.environment().getOrDefault("FIRN_VAULT", "");
  }

  public VaultLocation location(Session session) {
    String text = text(session);
    if (text.isBlank()) {
      throw UsageFailure.of("no vault was named", "Give --vault URL, or set FIRN_VAULT.");
    }
    return VaultLocation.parse(text);
  }

  /// From the file, else from the environment; the caller closes it.
  public Password password(Session session) {
    Map<String, String> environment = session.environment();
    if (passwordFile != null) {
      return PasswordFile.read(passwordFile);
    }
    String file = environment.getOrDefault("FIRN_PASSWORD_FILE", "");
    if (!file.isBlank()) {
      return PasswordFile.read(Path.of(file));
    }
    String password = environment.getOrDefault("FIRN_PASSWORD", "");
    if (password.isEmpty()) {
      throw UsageFailure.of(
          "no password for the vault was given",
          "Give --password-file FILE, or set FIRN_PASSWORD_FILE or FIRN_PASSWORD.");
    }
    return new Password(password.toCharArray());
  }

  /// How the vault is reached from here.
  public Backends backends(Session session) {
    return backends(session, new MoverOptions());
  }

  private Backends backends(Session session, MoverOptions movers) {
    return session
        .backends()
        .with(stores.access(session, Optional.ofNullable(mount), movers.serviceAccount()));
  }

  /// Opens the vault; the caller closes it.
  public Vault open(Session session) {
    return open(session, new LockOptions());
  }

  /// As the other, for commands that take locks.
  public Vault open(Session session, LockOptions locks) {
    return open(session, locks, new MoverOptions());
  }

  /// As the other, for commands that start movers.
  public Vault open(Session session, LockOptions locks, MoverOptions movers) {
    VaultLocation location = location(session);
    try (Password password = password(session)) {
      CacheRoot caches = CacheRoot.of(session.environment());
      return Vault.open(location, password, backends(session, movers), locks.repository(), caches);
    }
  }
}
