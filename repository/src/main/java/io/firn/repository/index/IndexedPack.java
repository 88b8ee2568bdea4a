package io.firn.repository.index;

import io.firn.repository.PackId;
import io.firn.repository.pack.PackEntry;
import java.util.List;

/// A pack and its blobs, as an index file lists them.
public record IndexedPack(PackId id, List<PackEntry> entries) {
  public IndexedPack {
    entries = List.copyOf(entries);
  }
}
