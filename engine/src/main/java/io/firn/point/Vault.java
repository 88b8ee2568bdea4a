package io.firn.point;

import io.firn.repository.Password;
import io.firn.repository.Repository;
import io.firn.repository.backend.Backend;
import java.util.List;

/// An open vault: an address whose password has been checked against the marker repository
/// (`.firn`; decision 0005). Each domain is a repository with the same password.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException] with a `VAULT_…` code.
public final class Vault implements AutoCloseable {
  /// The folder of the marker repository.
  public static final String MARKER = ".firn";

  private Vault() {}

  /// Makes a vault. `VAULT_EXISTS` where one is, `VAULT_NOT_A_VAULT` where the folder holds
  /// something else.
  public static Vault init(VaultLocation location, Password password, Backends backends) {
    throw new UnsupportedOperationException("stub");
  }

  /// Opens a vault. `VAULT_ABSENT`, `VAULT_NOT_A_VAULT`, `VAULT_WRONG_PASSWORD`, `VAULT_VERSION`
  /// say why not.
  public static Vault open(VaultLocation location, Password password, Backends backends) {
    throw new UnsupportedOperationException("stub");
  }

  public VaultLocation location() {
    throw new UnsupportedOperationException("stub");
  }

  /// The domains that exist, sorted by name.
  public List<Domain> domains() {
    throw new UnsupportedOperationException("stub");
  }

  /// Opens the repository of a domain; the caller closes it. `VAULT_ABSENT` names the domain where
  /// there is none.
  public Repository openDomain(Domain domain) {
    throw new UnsupportedOperationException("stub");
  }

  /// As [#openDomain], making the repository where there is none.
  public Repository openOrCreateDomain(Domain domain) {
    throw new UnsupportedOperationException("stub");
  }

  /// The backend below a domain, for work on locks and keys; the caller closes it.
  public Backend backend(Domain domain) {
    throw new UnsupportedOperationException("stub");
  }

  /// The backend of the marker repository; the caller closes it.
  public Backend markerBackend() {
    throw new UnsupportedOperationException("stub");
  }

  /// A copy of the password, for a Secret that movers read; the caller closes it.
  public Password password() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
