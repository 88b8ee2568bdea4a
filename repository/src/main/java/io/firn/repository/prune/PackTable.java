package io.firn.repository.prune;

import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.pack.PackHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which blobs lie in which pack, every copy of them: eight bytes a blob, beside the index, which
/// knows one copy each. Not thread-safe.
final class PackTable {
  private final BlobIndex index;
  private final List<Pack> packs = new ArrayList<>();
  private final Map<PackId, Pack> byId = new HashMap<>();

  PackTable(BlobIndex index) {
    this.index = index;
  }

  /// A pack as the index lists it. The arrays belong to the table: nobody changes them.
  static final class Pack {
    private final int number;
    private final PackId id;
    private final int[] blobs;
    private final int[] bytes;
    private final long sizeBytes;
    private final int trees;

    private Pack(int number, PackId id, int[] blobs, int[] bytes, long sizeBytes, int trees) {
      this.number = number;
      this.id = id;
      this.blobs = blobs;
      this.bytes = bytes;
      this.sizeBytes = sizeBytes;
      this.trees = trees;
    }

    int number() {
      return number;
    }

    PackId id() {
      return id;
    }

    /// The blobs' numbers in the index.
    int[] blobs() {
      return blobs;
    }

    /// What each of them takes, its entry in the header included.
    int[] bytes() {
      return bytes;
    }

    long sizeBytes() {
      return sizeBytes;
    }

    /// Whether it holds trees and data.
    boolean mixed() {
      return trees > 0 && trees < blobs.length;
    }

    /// Whether it holds trees, and nothing else.
    boolean treesOnly() {
      return trees > 0 && trees == blobs.length;
    }
  }

  /// Takes a pack of an index file, which may be one that another file lists as well.
  void add(IndexedPack listed) {
    Pack known = byId.get(listed.id());
    if (known == null) {
      index.add(listed);
      Pack pack = numbered(listed);
      packs.add(pack);
      byId.put(listed.id(), pack);
    } else if (known.sizeBytes() != PackHeader.packBytes(listed.entries())) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "pack %s is listed in two index files with different blobs. Rebuild the index first."
              .formatted(listed.id()),
          Map.of("pack", listed.id().toString()));
    }
  }

  List<Pack> packs() {
    return packs;
  }

  boolean lists(PackId id) {
    return byId.containsKey(id);
  }

  Pack get(PackId id) {
    Pack pack = byId.get(id);
    if (pack == null) {
      throw new IllegalArgumentException("in no index: " + id);
    }
    return pack;
  }

  private Pack numbered(IndexedPack listed) {
    List<PackEntry> entries = listed.entries();
    int[] blobs = new int[entries.size()];
    int[] bytes = new int[entries.size()];
    int trees = 0;
    for (int i = 0; i < blobs.length; i++) {
      PackEntry entry = entries.get(i);
      blobs[i] = index.number(entry.type(), entry.id());
      bytes[i] = bytes(listed.id(), entry);
      trees += entry.type() == BlobType.TREE ? 1 : 0;
    }
    return new Pack(packs.size(), listed.id(), blobs, bytes, PackHeader.packBytes(entries), trees);
  }

  /// Nobody could read a longer one either.
  private static int bytes(PackId pack, PackEntry entry) {
    long bytes = PackHeader.bytesWithEntry(entry);
    if (bytes > Integer.MAX_VALUE) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "an index lists a blob of %d bytes in pack %s, more than any has. Rebuild the index first."
              .formatted(entry.lengthBytes(), pack),
          Map.of("pack", pack.toString()));
    }
    return (int) bytes;
  }
}
