package io.firn.repository;

import io.firn.repository.disk.WorkAhead;
import java.util.Optional;

/// How a disk is stored. `blockSizeBytes` is a power of two, or 0 for the default of the disk's
/// size; `workers` threads; `changed` where somebody knows what to read; `ahead` where some of the
/// work was done already, which writing the disk ends; `seenAs` is a name for the volume, under
/// which the next backup finds what its blocks were (not with changed ranges).
public record DiskOptions(
    int blockSizeBytes,
    int workers,
    Optional<ChangedRanges> changed,
    Optional<WorkAhead> ahead,
    Optional<String> seenAs) {
  public static final DiskOptions DEFAULT =
      new DiskOptions(0, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16));

  /// Threads of a restore, where nobody says: more than processors, since each waits for storage at
  /// both ends. Each takes 10 MiB of heap and 6 MiB outside, and a mover has 256 MiB of heap, 144
  /// of which the books of a disk of two million blocks take; so they are bounded on large nodes.
  public static final int RESTORE_WORKERS =
      Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 4, 8);

  public DiskOptions(int blockSizeBytes, int workers) {
    this(blockSizeBytes, workers, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public DiskOptions with(ChangedRanges ranges) {
    return new DiskOptions(blockSizeBytes, workers, Optional.of(ranges), ahead, seenAs);
  }

  public DiskOptions with(WorkAhead work) {
    return new DiskOptions(blockSizeBytes, workers, changed, Optional.of(work), seenAs);
  }

  public DiskOptions seenAs(String volume) {
    return new DiskOptions(blockSizeBytes, workers, changed, ahead, Optional.of(volume));
  }
}
