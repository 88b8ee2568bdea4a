package io.firn.repository;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// What somebody says has changed on a disk since a stored version of it. Never required, never
/// believed blindly (docs/decisions/0027): the ranges count only where the parent is there, has the
/// disk's size and its volume handle, and some of what is said to be unchanged is read all the
/// same.
///
/// `parent` is empty where it was looked for and is gone. `volumeHandle` is the disk's.
/// `granularityBytes` is the unit in which the source keeps its books: a range may overhang the
/// disk by less than one. `seed` chooses the blocks that are read again. Immutable.
public record ChangedRanges(
    Optional<ParentDisk> parent,
    String volumeHandle,
    List<ByteRange> ranges,
    int granularityBytes,
    long seed) {
  public ChangedRanges {
    requireNonNull(parent, "parent is null");
    requireNonNull(volumeHandle, "volumeHandle is null");
    ranges = List.copyOf(ranges);
    if (granularityBytes < 1) {
      throw new IllegalArgumentException("a granularity has 1 byte at least");
    }
  }

  /// With blocks to be read again that nobody can foresee.
  public static ChangedRanges since(
      Optional<ParentDisk> parent,
      String volumeHandle,
      List<ByteRange> ranges,
      int granularityBytes) {
    return new ChangedRanges(
        parent, volumeHandle, ranges, granularityBytes, new SecureRandom().nextLong());
  }
}
