package io.firn.repository;

import static java.util.Objects.requireNonNull;

/// SHA-256 of a pack file as stored.
public record PackId(Digest digest) {
  public PackId {
    requireNonNull(digest, "digest is null");
  }

  /// Parses 64 lower-case hex digits.
  public static PackId of(String hex) {
    return new PackId(Digest.of(hex));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
