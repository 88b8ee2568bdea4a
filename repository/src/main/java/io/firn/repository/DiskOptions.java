package io.firn.repository;

/// How a disk is stored. `blockSizeBytes` is a power of two, or 0 for the default of the disk's
/// size; `workers` threads.
public record DiskOptions(int blockSizeBytes, int workers) {
  public static final DiskOptions DEFAULT =
      new DiskOptions(0, Math.max(1, Runtime.getRuntime().availableProcessors()));
}
