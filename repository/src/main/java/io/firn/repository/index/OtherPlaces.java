package io.firn.repository.index;

import io.firn.repository.PackId;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.PackEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where blobs lie besides the place that an index in memory knows: two writers at once store a
/// blob twice, and so does a prune that is half-way. All index files are read once, when somebody
/// asks first. A place takes 40 bytes, as in [BlobIndex]; so only blobs that are stored more than
/// once take memory (docs/decisions/0039). Thread-safe.
public final class OtherPlaces {
  /// Of one blob. More are not to be expected, and would only be tried when all of these fail.
  private static final int MOST = 4;

  private final IndexLoader indexes;
  private final BlobIndex known;

  /// The n-th has the n-th other place of each blob; empty until somebody asks.
  private Optional<List<BlobIndex>> layers = Optional.empty();

  public OtherPlaces(IndexLoader indexes, BlobIndex known) {
    this.indexes = indexes;
    this.known = known;
  }

  /// The other places of a blob that cannot be had from a pack, outside of it; `CORRUPT` where an
  /// index cannot be read.
  public List<BlobLocation> of(BlobKey blob, PackId failed) {
    return layers().stream()
        .flatMap(layer -> layer.find(blob.type(), blob.id()).stream())
        .filter(place -> !place.pack().equals(failed))
        .toList();
  }

  private synchronized List<BlobIndex> layers() {
    if (layers.isEmpty()) {
      List<BlobIndex> found = new ArrayList<>();
      indexes.each(pack -> add(pack, found));
      layers = Optional.of(List.copyOf(found));
    }
    return layers.get();
  }

  private void add(IndexedPack pack, List<BlobIndex> found) {
    for (PackEntry entry : pack.entries()) {
      Optional<BlobLocation> place = known.find(entry.type(), entry.id());
      if (place.isPresent() && !place.get().pack().equals(pack.id())) {
        add(new IndexedPack(pack.id(), List.of(entry)), entry, found);
      }
    }
  }

  private static void add(IndexedPack place, PackEntry entry, List<BlobIndex> found) {
    for (BlobIndex layer : found) {
      Optional<BlobLocation> there = layer.find(entry.type(), entry.id());
      if (there.isEmpty()) {
        layer.add(place);
        return;
      }
      if (there.get().pack().equals(place.id())) {
        return;
      }
    }
    if (found.size() < MOST) {
      BlobIndex layer = new BlobIndex();
      layer.add(place);
      found.add(layer);
    }
  }

  /// Bytes held by arrays, for the memory budget's test.
  long arrayBytes() {
    return layers().stream().mapToLong(BlobIndex::arrayBytes).sum();
  }
}
