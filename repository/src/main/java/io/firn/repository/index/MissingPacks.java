package io.firn.repository.index;

import io.firn.repository.PackId;
import io.firn.repository.backend.FileEntry;
import java.util.HashSet;
import java.util.Set;

/// Tells a pack that is lost from one that a prune took, as it may: a prune takes a pack off the
/// indexes first. An index file never changes, so the files are read again only where others are
/// there than at the last look, and for one pack once (docs/decisions/0039). Thread-safe.
public final class MissingPacks {
  private final IndexLoader indexes;
  private final Set<PackId> lost = new HashSet<>();
  private Set<FileEntry> read = Set.of();
  private Set<PackId> listed = Set.of();

  public MissingPacks(IndexLoader indexes) {
    this.indexes = indexes;
  }

  /// Whether an index lists a pack that was found not to be there; `CORRUPT` where an index cannot
  /// be read.
  public synchronized boolean isLost(PackId missing) {
    if (lost.contains(missing)) {
      return true;
    }
    Set<FileEntry> now = Set.copyOf(indexes.list());
    if (!now.equals(read)) {
      look(now);
    }
    return listed.contains(missing) && lost.add(missing);
  }

  private void look(Set<FileEntry> now) {
    Set<PackId> packs = new HashSet<>();
    indexes.each(now, pack -> packs.add(pack.id()));
    listed = packs;
    read = now;
  }
}
