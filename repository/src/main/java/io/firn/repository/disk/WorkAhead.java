package io.firn.repository.disk;

/// What was done of a disk while its repository was still being opened, locked and looked at
/// (docs/decisions/0030). Thread-safe.
public sealed interface WorkAhead extends AutoCloseable permits HashesAhead, BlocksAhead {
  /// Whether it was done for such a disk.
  boolean fits(long sizeBytes, int blockBytes);

  /// Goes no further; what was done stays. Waits for reads in progress.
  @Override
  void close();
}
