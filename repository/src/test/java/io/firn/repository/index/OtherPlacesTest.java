package io.firn.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtherPlacesTest {
  private final Random random = new Random(39);
  private final MemoryBackend backend = new MemoryBackend();
  private final SecretKey key = key();
  private final UnpackedFiles files = new UnpackedFiles(backend, key);
  private final BlobIndex known = new BlobIndex();
  private final OtherPlaces others = new OtherPlaces(new IndexLoader(backend, files), known);

  @AfterEach
  void closeKey() {
    key.close();
  }

  @Test
  void of_blobInThreePacks_givesThoseThatAreNeitherKnownNorFailed() {
    PackEntry blob = blob();
    IndexedPack first = pack(blob);
    IndexedPack second = pack(blob(), blob);
    IndexedPack third = pack(blob);
    known.add(first);
    list(first, second);
    list(third, second);
    assertThat(packs(blob, first.id())).containsExactlyInAnyOrder(second.id(), third.id());
    assertThat(packs(blob, second.id())).containsExactly(third.id());
  }

  @Test
  void of_blobInOnePack_orInNoneThatIsKnown_givesNothing() {
    PackEntry once = blob();
    PackEntry unknown = blob();
    IndexedPack first = pack(once);
    known.add(first);
    list(first, pack(unknown), pack(unknown));
    assertThat(packs(once, first.id())).isEmpty();
    assertThat(packs(unknown, first.id())).isEmpty();
    assertThat(others.arrayBytes()).as("what is stored once takes no memory").isZero();
  }

  @Test
  void memory_ofBlobsThatAreStoredTwice_isThatOfTheIndex_howeverOftenTheyAreListed() {
    List<PackEntry> blobs = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      blobs.add(blob());
    }
    PackEntry[] all = blobs.toArray(PackEntry[]::new);
    IndexedPack first = pack(all);
    IndexedPack second = pack(all);
    known.add(first);
    list(first, second);
    list(second);
    // A segment that has just been begun is not the blobs' fault.
    assertThat(others.arrayBytes() - 32L * (1 << 12))
        .isPositive()
        .isLessThanOrEqualTo(40L * all.length);
  }

  @Test
  void memory_ofBlobsThatAreListedInVeryManyPacks_isBounded() {
    PackEntry blob = blob();
    List<IndexedPack> packs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      packs.add(pack(blob));
    }
    known.add(packs.getFirst());
    list(packs.toArray(IndexedPack[]::new));
    assertThat(packs(blob, packs.getFirst().id())).hasSize(4);
    assertThat(others.arrayBytes()).isLessThan(1 << 20);
  }

  private List<PackId> packs(PackEntry blob, PackId failed) {
    return others.of(new BlobKey(blob.type(), blob.id()), failed).stream()
        .map(BlobLocation::pack)
        .toList();
  }

  private void list(IndexedPack... packs) {
    files.save(FileType.INDEX, IndexFile.encode(List.of(packs)));
  }

  private IndexedPack pack(PackEntry... blobs) {
    return new IndexedPack(new PackId(digest()), List.of(blobs));
  }

  private PackEntry blob() {
    return new PackEntry(BlobType.DATA, new BlobId(digest()), 0, 100, 0);
  }

  private Digest digest() {
    return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private SecretKey key() {
    byte[] bytes = new byte[SecretKey.BYTES];
    random.nextBytes(bytes);
    return new SecretKey(bytes);
  }
}
