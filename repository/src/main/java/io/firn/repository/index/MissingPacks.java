package io.firn.repository.index;

import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
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
    while (!now.equals(read) && !look(now)) {
      now = Set.copyOf(indexes.list());
    }
    return listed.contains(missing) && lost.add(missing);
  }

  /// False where one of these files was replaced before it was read: what the others listed may be
  /// old as well.
  private boolean look(Set<FileEntry> now) {
    Set<PackId> packs = new HashSet<>();
    try {
      indexes.each(now, pack -> packs.add(pack.id()));
    } catch (RepositoryException e) {
      if (indexes.list().containsAll(now)) {
        throw e;
      }
      return false;
    }
    listed = packs;
    read = now;
    return true;
  }
}
