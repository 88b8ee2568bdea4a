package io.firn.repository;

import static java.util.Objects.requireNonNull;

/// SHA-256 of a blob's plaintext.
public record BlobId(Digest digest) {
  public BlobId {
    requireNonNull(digest, "digest is null");
  }

  /// Parses 64 lower-case hex digits.
  public static BlobId of(String hex) {
    return new BlobId(Digest.of(hex));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
