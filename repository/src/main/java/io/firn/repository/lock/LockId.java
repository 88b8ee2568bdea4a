package io.firn.repository.lock;

import static java.util.Objects.requireNonNull;

import io.firn.repository.Digest;

/// SHA-256 of a lock file as stored.
public record LockId(Digest digest) {
  public LockId {
    requireNonNull(digest, "digest is null");
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
