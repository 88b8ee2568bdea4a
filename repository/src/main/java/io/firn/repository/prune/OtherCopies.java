package io.firn.repository.prune;

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

/// Where else the blobs of one pack lie that cannot be read, by the index files as they are now:
/// the index in memory counts on what is being repacked, and that may come to nothing yet. Reads
/// them twice, and keeps only what concerns this pack. Immutable.
final class OtherCopies {
  private final Map<BlobKey, List<BlobLocation>> places;

  private OtherCopies(Map<BlobKey, List<BlobLocation>> places) {
    this.places = places;
  }

  /// Of what that pack holds; `CORRUPT` where an index cannot be read.
  static OtherCopies seek(PackId failed, IndexLoader indexes) {
    Set<BlobKey> wanted = new HashSet<>();
    indexes.each(pack -> {
      if (pack.id().equals(failed)) {
        pack.entries().forEach(entry -> wanted.add(key(entry)));
      }
    });
    Map<BlobKey, List<BlobLocation>> places = new HashMap<>();
    indexes.each(pack -> {
      if (!pack.id().equals(failed)) {
        add(pack, wanted, places);
      }
    });
    return new OtherCopies(places);
  }

  /// The places of a blob outside of the pack.
  List<BlobLocation> of(BlobKey blob) {
    return places.getOrDefault(blob, List.of());
  }

  /// The packs that hold something of what the pack holds.
  Set<PackId> packs() {
    Set<PackId> packs = new HashSet<>();
    places.values().forEach(copies -> copies.forEach(copy -> packs.add(copy.pack())));
    return packs;
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
