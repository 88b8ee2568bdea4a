package io.firn.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlobIndexTest {
  private final Random random = new Random(99);
  private final BlobIndex index = new BlobIndex();

  @Test
  void find_afterManyPacks_agreesWithAMap() {
    Map<BlobKey, BlobLocation> model = new HashMap<>();
    for (int p = 0; p < 300; p++) {
      IndexedPack pack = pack(1 + random.nextInt(200));
      index.add(pack);
      for (PackEntry entry : pack.entries()) {
        model.put(new BlobKey(entry.type(), entry.id()), location(pack, entry));
      }
    }
    assertThat(index.size()).isEqualTo(model.size());
    model.forEach(
        (key, location) -> assertThat(index.find(key.type(), key.id())).contains(location));
    for (int i = 0; i < 1000; i++) {
      assertThat(index.find(BlobType.DATA, new BlobId(digest()))).isEmpty();
    }
  }

  @Test
  void typeIsPartOfTheIdentity() {
    BlobId id = new BlobId(digest());
    assertThat(index.claim(BlobType.DATA, id)).isTrue();
    assertThat(index.claim(BlobType.TREE, id)).isTrue();
    assertThat(index.claim(BlobType.DATA, id)).isFalse();
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void claimedBlob_isFoundOnlyWhenItsPackIsAdded() {
    IndexedPack pack = pack(1);
    PackEntry entry = pack.entries().getFirst();
    index.claim(entry.type(), entry.id());
    assertThat(index.find(entry.type(), entry.id())).isEqualTo(Optional.empty());
    index.add(pack);
    assertThat(index.find(entry.type(), entry.id())).contains(location(pack, entry));
  }

  @Test
  void largeOffsets_areUnsigned() {
    PackEntry entry =
        new PackEntry(BlobType.DATA, new BlobId(digest()), 3_000_000_000L, 4_000_000_000L, 0);
    IndexedPack pack = new IndexedPack(new PackId(digest()), List.of(entry));
    index.add(pack);
    assertThat(index.find(BlobType.DATA, entry.id())).contains(location(pack, entry));
  }

  @Test
  void memory_staysBelow40BytesABlob() {
    for (int blobs = 1; blobs <= 400_000; blobs++) {
      index.claim(BlobType.DATA, new BlobId(digest()));
      if (blobs > 100_000 && blobs % 1000 == 0) {
        // A segment that has just been begun is not the blobs' fault.
        assertThat(index.arrayBytes() - 32L * (1 << 12)).isLessThanOrEqualTo(40L * blobs);
      }
    }
  }

  @Test
  void indexFile_writtenAndRead_isTheSame() throws IOException {
    List<IndexedPack> packs = List.of(pack(3), pack(1), pack(50));
    List<IndexedPack> read = new ArrayList<>();
    IndexFile.decode(IndexFile.encode(packs), read::add);
    assertThat(read).isEqualTo(packs);
  }

  private IndexedPack pack(int blobs) {
    List<PackEntry> entries = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < blobs; i++) {
      long length = 33L + random.nextInt(1 << 20);
      long plain = random.nextBoolean() ? 0 : length * 2;
      BlobType type = random.nextInt(5) == 0 ? BlobType.TREE : BlobType.DATA;
      entries.add(new PackEntry(type, new BlobId(digest()), offset, length, plain));
      offset += length;
    }
    return new IndexedPack(new PackId(digest()), entries);
  }

  private static BlobLocation location(IndexedPack pack, PackEntry entry) {
    return new BlobLocation(
        pack.id(), entry.offsetBytes(), entry.lengthBytes(), entry.plainBytes());
  }

  private Digest digest() {
    return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }
}
