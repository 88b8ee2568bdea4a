package io.firn.repository.repair;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import java.util.List;

/// What a repair of the index will do: `replacedIndexes` say something wrong or cannot be read, and
/// give way to new ones, without `missingPacks` and with `unlistedPacks`. Of `damagedPacks` the
/// readable blobs move into new packs; then the pack is removed, so that nobody counts on what is
/// lost with it, and the next backup stores it again. `unreadablePacks` are left alone.
///
/// Immutable.
public record IndexRepairPlan(
    long packs,
    int keptIndexes,
    List<Digest> replacedIndexes,
    List<PackId> missingPacks,
    List<PackState.Unlisted> unlistedPacks,
    List<PackState.Damaged> damagedPacks,
    List<PackState.Unreadable> unreadablePacks) {
  public IndexRepairPlan {
    replacedIndexes = List.copyOf(replacedIndexes);
    missingPacks = List.copyOf(missingPacks);
    unlistedPacks = List.copyOf(unlistedPacks);
    damagedPacks = List.copyOf(damagedPacks);
    unreadablePacks = List.copyOf(unreadablePacks);
  }

  /// Whether the index is right, and no pack that was looked into is damaged.
  public boolean nothingToDo() {
    return replacedIndexes.isEmpty() && unlistedPacks.isEmpty() && damagedPacks.isEmpty();
  }

  /// Blobs that will be saved from damaged packs.
  public long blobsSaved() {
    return damagedPacks.stream().mapToLong(pack -> pack.readable().size()).sum();
  }

  /// Blobs of damaged packs that nobody can read any more. Those of missing packs are not counted.
  public long blobsLost() {
    return damagedPacks.stream().mapToLong(pack -> pack.lost().size()).sum();
  }
}
