package io.firn.bench;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// How fast blobs are looked up in an index of two million, and what the index weighs.
final class IndexSpeed {
  private static final int BLOBS = 2 << 20;
  private static final int BLOBS_PER_PACK = 256;
  private static final int LOOKUPS = 8 << 20;

  private IndexSpeed() {}

  record Outcome(double lookupsPerSecond, double bytesPerBlob) {}

  static Outcome run() {
    long before = usedBytes();
    BlobIndex index = filled();
    double bytesPerBlob = (usedBytes() - before) / (double) BLOBS;
    lookups(index, LOOKUPS / 4);
    long begin = System.nanoTime();
    lookups(index, LOOKUPS);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Outcome(LOOKUPS / seconds, bytesPerBlob);
  }

  private static BlobIndex filled() {
    Random random = new Random(1);
    BlobIndex index = new BlobIndex();
    for (int pack = 0; pack < BLOBS / BLOBS_PER_PACK; pack++) {
      List<PackEntry> entries = new ArrayList<>();
      for (int i = 0; i < BLOBS_PER_PACK; i++) {
        entries.add(new PackEntry(BlobType.DATA, id(random), i * 65_536L, 65_536, 262_144));
      }
      index.add(new IndexedPack(new PackId(new Digest(pack, 0, 0, 0)), entries));
    }
    return index;
  }

  /// Every second blob is there.
  private static void lookups(BlobIndex index, int count) {
    Random random = new Random(1);
    long found = 0;
    for (int i = 0; i < count; i++) {
      if (i % BLOBS == 0) {
        random = new Random(i % 2 == 0 ? 1 : 2);
      }
      found += index.find(BlobType.DATA, id(random)).isPresent() ? 1 : 0;
    }
    if (found == 0) {
      throw new IllegalStateException("nothing was found");
    }
  }

  private static BlobId id(Random random) {
    return new BlobId(
        new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
