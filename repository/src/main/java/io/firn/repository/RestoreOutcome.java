package io.firn.repository;

import java.util.Set;

/// What writing a disk back did; bytes. `digest` as in [DiskOutcome], of what was written.
/// `damagedPacks` are packs in which the reader has met damage so far, and had what it needed of
/// them from another pack: the disk is right, the repository wants a check.
public record RestoreOutcome(
    long sizeBytes, long bytesWritten, long bytesZero, Digest digest, Set<PackId> damagedPacks) {
  public RestoreOutcome {
    damagedPacks = Set.copyOf(damagedPacks);
  }
}
