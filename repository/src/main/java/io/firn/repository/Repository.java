package io.firn.repository;

import io.firn.repository.backend.Backend;
import java.util.List;

/// An open repository. Thread-safe. Errors are [RepositoryException].
public final class Repository implements AutoCloseable {
  private Repository() {}

  /// Makes a new repository; `ALREADY_EXISTS` where one is.
  public static Repository init(Backend backend, Password password) {
    throw new UnsupportedOperationException("stub");
  }

  /// Opens: `ABSENT`, `NOT_A_REPOSITORY`, `UNSUPPORTED_VERSION`, `WRONG_PASSWORD` say why not.
  public static Repository open(Backend backend, Password password) {
    throw new UnsupportedOperationException("stub");
  }

  /// The repository's ID: 64 hex digits from its config.
  public String id() {
    throw new UnsupportedOperationException("stub");
  }

  /// All snapshots, oldest first. Unreadable ones are `CORRUPT` and named.
  public List<StoredSnapshot> snapshots() {
    throw new UnsupportedOperationException("stub");
  }

  /// A reader over the index as it is now.
  public RepositoryReader reader() {
    throw new UnsupportedOperationException("stub");
  }

  /// A writer under a shared lock that is refreshed until the writer is closed; `LOCKED` where an
  /// exclusive lock is held.
  public RepositoryWriter writer() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
