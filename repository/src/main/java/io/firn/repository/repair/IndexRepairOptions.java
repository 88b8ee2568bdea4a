package io.firn.repository.repair;

import io.firn.repository.PackId;
import java.util.Set;

/// What a repair of the index looks at. By default only packs that the index does not list rightly.
///
/// `readAllPacks` reads the header of every pack; `readAllData` reads every blob too, and so finds
/// damage that only a check of all data finds. `suspects` are packs of which that is done in any
/// case: those that such a check has named.
public record IndexRepairOptions(
    boolean readAllPacks, boolean readAllData, Set<PackId> suspects, int workers) {
  private static final int MOST_WORKERS = 4;

  public static final IndexRepairOptions DEFAULT =
      new IndexRepairOptions(
          false,
          false,
          Set.of(),
          Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS));

  public IndexRepairOptions {
    suspects = Set.copyOf(suspects);
  }

  public IndexRepairOptions withReadAllPacks(boolean wanted) {
    return new IndexRepairOptions(wanted, readAllData, suspects, workers);
  }

  public IndexRepairOptions withReadAllData(boolean wanted) {
    return new IndexRepairOptions(readAllPacks, wanted, suspects, workers);
  }

  public IndexRepairOptions withSuspects(Set<PackId> packs) {
    return new IndexRepairOptions(readAllPacks, readAllData, packs, workers);
  }

  /// Whether the blobs of a pack are to be read.
  boolean readsData(PackId pack) {
    return readAllData || suspects.contains(pack);
  }

  /// Whether the header of a pack is to be read although the index seems to be right.
  boolean readsHeader(PackId pack) {
    return readAllPacks || readsData(pack);
  }
}
