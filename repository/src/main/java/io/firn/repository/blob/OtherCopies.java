package io.firn.repository.blob;

import io.firn.repository.PackId;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.index.IndexLoader;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.PackEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where else the blobs of a pack lie that cannot be read. A blob may be stored twice (two writers
/// at once, a prune that is half-way), but the index in memory knows one copy of each; so the index
/// files are read again, twice for each pack that failed. Thread-safe.
public final class OtherCopies {
  private final IndexLoader indexes;
  private final Map<PackId, Map<BlobKey, List<BlobLocation>>> found = new HashMap<>();

  public OtherCopies(IndexLoader indexes) {
    this.indexes = indexes;
  }

  /// The places of a blob outside of a pack that failed; `CORRUPT` where an index cannot be read.
  public List<BlobLocation> of(BlobKey blob, PackId failed) {
    return ofAll(failed).getOrDefault(blob, List.of());
  }

  /// The packs that hold something of what that pack holds.
  public Set<PackId> packs(PackId failed) {
    Set<PackId> packs = new HashSet<>();
    ofAll(failed).values().forEach(copies -> copies.forEach(copy -> packs.add(copy.pack())));
    return packs;
  }

  private synchronized Map<BlobKey, List<BlobLocation>> ofAll(PackId failed) {
    return found.computeIfAbsent(failed, this::seek);
  }

  private Map<BlobKey, List<BlobLocation>> seek(PackId failed) {
    Set<BlobKey> wanted = new HashSet<>();
    indexes.each(pack -> {
      if (pack.id().equals(failed)) {
        pack.entries().forEach(entry -> wanted.add(key(entry)));
      }
    });
    Map<BlobKey, List<BlobLocation>> copies = new HashMap<>();
    indexes.each(pack -> {
      if (!pack.id().equals(failed)) {
        add(pack, wanted, copies);
      }
    });
    return copies;
  }

  private static void add(
      IndexedPack pack, Set<BlobKey> wanted, Map<BlobKey, List<BlobLocation>> copies) {
    for (PackEntry entry : pack.entries()) {
      if (wanted.contains(key(entry))) {
        copies
            .computeIfAbsent(key(entry), blob -> new ArrayList<>())
            .add(
                new BlobLocation(
                    pack.id(), entry.offsetBytes(), entry.lengthBytes(), entry.plainBytes()));
      }
    }
  }

  private static BlobKey key(PackEntry entry) {
    return new BlobKey(entry.type(), entry.id());
  }
}
