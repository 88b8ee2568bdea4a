package io.firn.repository;

import java.util.Optional;

/// Reads trees, files and disks. Thread-safe.
public final class RepositoryReader {
  RepositoryReader() {}

  public Tree tree(TreeId id) {
    throw new UnsupportedOperationException("stub");
  }

  /// The node at a path such as `/shop/manifest.json` below a root tree.
  public Optional<Node> find(TreeId root, String path) {
    throw new UnsupportedOperationException("stub");
  }

  /// A whole file, for small ones.
  public byte[] readFile(Node file) {
    throw new UnsupportedOperationException("stub");
  }

  /// A stored disk for reads at any offset.
  public StoredDisk disk(Node file) {
    throw new UnsupportedOperationException("stub");
  }

  /// Writes a disk back, several blocks in flight; every blob's hash is checked before its bytes
  /// are handed on (`CORRUPT` names blob and pack). `blockSizeBytes` is the one of [DiskOutcome].
  public RestoreOutcome restoreDisk(
      Node file, DiskTarget target, int blockSizeBytes, int workers, TransferListener listener) {
    throw new UnsupportedOperationException("stub");
  }
}
