package io.firn.repository;

import static java.util.Objects.requireNonNull;

/// SHA-256 of a key file.
public record KeyId(Digest digest) {
  public KeyId {
    requireNonNull(digest, "digest is null");
  }

  /// Parses 64 lower-case hex digits.
  public static KeyId of(String hex) {
    return new KeyId(Digest.of(hex));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
