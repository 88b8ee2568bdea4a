package io.firn.repository;

import java.util.List;

/// Adds to a repository under a shared lock. Order of durability: packs, then index, then snapshot
/// (format notes 1.11); what a killed writer leaves is unreferenced and harmless, and is found
/// again by the next one.
///
/// Thread-safe: several disks may be written at once.
public final class RepositoryWriter implements AutoCloseable {
  RepositoryWriter() {}

  public DiskOutcome writeDisk(DiskSource source, DiskOptions options, TransferListener listener) {
    throw new UnsupportedOperationException("stub");
  }

  /// Stores a small file (manifest, definition).
  public StoredFile writeFile(byte[] content) {
    throw new UnsupportedOperationException("stub");
  }

  /// Stores a folder; nodes may come in any order.
  public TreeId writeTree(List<Node> nodes) {
    throw new UnsupportedOperationException("stub");
  }

  /// Makes all that was written durable and findable (packs, then index).
  public void flush() {
    throw new UnsupportedOperationException("stub");
  }

  /// Flushes, then writes the snapshot: from here on the point exists.
  public SnapshotId writeSnapshot(Snapshot snapshot) {
    throw new UnsupportedOperationException("stub");
  }

  /// Bytes added so far by this writer, as stored.
  public long bytesStored() {
    throw new UnsupportedOperationException("stub");
  }

  /// Releases the lock. Does not flush.
  @Override
  public void close() {}
}
