package io.firn.repository;

import static java.util.Objects.requireNonNull;

/// The blob ID of a tree: the address of a folder.
public record TreeId(Digest digest) {
  public TreeId {
    requireNonNull(digest, "digest is null");
  }

  /// Parses 64 lower-case hex digits.
  public static TreeId of(String hex) {
    return new TreeId(Digest.of(hex));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
