package io.firn.repository.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.BlobId;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.ForwardingBackend;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.pack.BlobType;
import io.firn.repository.pack.PackEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An index may claim anything. What a batch takes of memory is bounded all the same.
class BlobBatchTest {
  private static final int MOST_BYTES = 16 << 20;

  private final Random random = new Random(7);
  private final Bottomless backend = new Bottomless();
  private final BlobIndex index = new BlobIndex();

  /// Each of them might be read at once; all of them together must not.
  @Test
  void manyBlobsOfClaimedSizes_eachInAPackOfItsOwn_doNotFillTheBufferBeyondItsBound() {
    List<BlobId> window = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      window.add(claim(pack(), 0, 15 << 20));
    }
    fetch(window);
    assertThat(backend.reads).isPositive();
    assertThat(backend.largestBuffer).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void neighboursThatAddUp_areNotReadAsOneBeyondTheBound() {
    PackId pack = pack();
    List<PackEntry> entries = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      entries.add(entry(i * (3L << 20), 3 << 20));
    }
    index.add(new IndexedPack(pack, entries));
    fetch(entries.stream().map(PackEntry::id).toList());
    assertThat(backend.reads).isPositive();
    assertThat(backend.largestBuffer).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void oneBlobOfGibibytes_isNotFetched() {
    fetch(List.of(claim(pack(), 0, (3L << 30) + 5)));
    assertThat(backend.reads).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void windowsOfAnything_stayWithinTheBound(long seed) {
    Random claims = new Random(seed);
    for (int round = 0; round < 30; round++) {
      List<PackId> packs = List.of(pack(), pack(), pack());
      List<BlobId> window = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        long length = Math.max(33, (1L << claims.nextInt(32)) - claims.nextInt(100));
        window.add(claim(packs.get(claims.nextInt(3)), claims.nextLong(1L << 26), length));
      }
      fetch(window);
    }
    assertThat(backend.reads).isPositive();
    assertThat(backend.largestBuffer).isLessThanOrEqualTo(MOST_BYTES);
  }

  private void fetch(List<BlobId> window) {
    byte[] key = new byte[SecretKey.BYTES];
    random.nextBytes(key);
    try (SecretKey secret = new SecretKey(key);
        BlobBatch batch = new BlobLoader(backend, secret, index).newBatch()) {
      batch.fetch(window);
    }
  }

  private BlobId claim(PackId pack, long offset, long length) {
    PackEntry entry = entry(offset, length);
    index.add(new IndexedPack(pack, List.of(entry)));
    return entry.id();
  }

  private PackEntry entry(long offset, long length) {
    return new PackEntry(BlobType.DATA, new BlobId(digest()), offset, length, 0);
  }

  private PackId pack() {
    return new PackId(digest());
  }

  private Digest digest() {
    return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /// Has every file, with zeros without end; notes how large the buffers are that it is to fill.
  private static final class Bottomless extends ForwardingBackend {
    private int largestBuffer;
    private int reads;

    Bottomless() {
      super(new MemoryBackend());
    }

    @Override
    public void load(FileHandle handle, long offsetBytes, ByteBuffer target) {
      reads++;
      largestBuffer = Math.max(largestBuffer, target.capacity());
      target.position(target.limit());
    }
  }
}
