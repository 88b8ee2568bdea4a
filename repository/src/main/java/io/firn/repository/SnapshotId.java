package io.firn.repository;

import static java.util.Objects.requireNonNull;

/// SHA-256 of a snapshot file as stored.
public record SnapshotId(Digest digest) {
  public SnapshotId {
    requireNonNull(digest, "digest is null");
  }

  /// Parses 64 lower-case hex digits.
  public static SnapshotId of(String hex) {
    return new SnapshotId(Digest.of(hex));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
