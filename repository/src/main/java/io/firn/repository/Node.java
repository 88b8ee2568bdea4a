package io.firn.repository;

import java.time.Instant;
import java.util.Optional;

/// One entry of a tree. `mode` is Go's FileMode: permission bits plus type bits (format notes 1.9).
/// `content` is present for files, `subtree` for folders.
public record Node(
    String name,
    NodeType type,
    long mode,
    Instant modified,
    long uid,
    long gid,
    long sizeBytes,
    Optional<BlobList> content,
    Optional<TreeId> subtree) {

  /// A file with permissions 0600.
  public static Node file(String name, Instant modified, StoredFile stored) {
    return new Node(
        name,
        NodeType.FILE,
        0600,
        modified,
        0,
        0,
        stored.sizeBytes(),
        Optional.of(stored.content()),
        Optional.empty());
  }

  /// A folder with permissions 0700.
  public static Node folder(String name, Instant modified, TreeId subtree) {
    return new Node(
        name,
        NodeType.FOLDER,
        0700 | 1L << 31,
        modified,
        0,
        0,
        0,
        Optional.empty(),
        Optional.of(subtree));
  }
}
