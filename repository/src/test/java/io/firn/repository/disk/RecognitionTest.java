package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.ChangedRanges;
import io.firn.repository.Digest;
import io.firn.repository.DiskOptions;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.crypto.BlockTagger;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import io.firn.repository.seen.SeenBlocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecognitionTest {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 200;
  private static final DiskOptions PLAIN = new DiskOptions(BLOCK, 2);
  private static final DiskOptions SEEN = PLAIN.seenAs("shop/a");

  private final MemoryBackend backend = new MemoryBackend();
  private final Repository repository = TestRepositories.init(backend);
  private final byte[] disk = TestDisks.blocks(BLOCKS, BLOCK);

  @Test
  void unchangedDisk_isRecognisedWhole_andNothingIsWritten() throws IOException {
    Stored first = store(SEEN);
    List<String> seen = seen();
    Stored second = store(SEEN);
    assertThat(second.root()).isEqualTo(first.root());
    assertThat(second.outcome().digest()).isEqualTo(first.outcome().digest());
    assertThat(second.outcome().bytesNew()).isZero();
    assertThat(second.outcome().bytesRead()).isEqualTo(disk.length);
    // A block that is not recognised is remembered anew, and the file replaced.
    assertThat(seen()).isEqualTo(seen).hasSize(1);
  }

  @Test
  void disksThatChange_areStoredAsWithoutIt() throws IOException {
    Random random = new Random(7);
    store(SEEN);
    for (int round = 0; round < 30; round++) {
      for (int change = 0; change < 5; change++) {
        int block = random.nextInt(BLOCKS);
        switch (random.nextInt(3)) {
          case 0 -> Arrays.fill(disk, block * BLOCK, (block + 1) * BLOCK, (byte) 0);
          case 1 -> disk[block * BLOCK + random.nextInt(BLOCK)]++;
          default ->
              System.arraycopy(disk, random.nextInt(BLOCKS) * BLOCK, disk, block * BLOCK, BLOCK);
        }
      }
      Stored seen = store(SEEN);
      Stored plain = store(PLAIN);
      assertThat(seen.root()).isEqualTo(plain.root());
      assertThat(seen.outcome().digest()).isEqualTo(plain.outcome().digest());
      assertThat(plain.outcome().bytesNew()).isZero();
      assertThat(restored(seen)).isEqualTo(disk);
      assertThat(seen()).hasSize(1);
    }
  }

  @Test
  void blobThatWasPruned_isStoredAgain() throws IOException {
    Stored first = store(SEEN);
    repository.forget(List.of(first.snapshot()));
    repository.prune(PruneOptions.DEFAULT.withGrace(Duration.ZERO), PruneListener.SILENT);
    Stored again = store(SEEN);
    assertThat(again.outcome().bytesNew()).isEqualTo(first.outcome().bytesNew()).isPositive();
    assertThat(restored(again)).isEqualTo(disk);
  }

  @Test
  void damagedFile_isPassedOver_andReplaced() throws IOException {
    Stored plain = store(PLAIN);
    store(SEEN);
    FileHandle file = new FileHandle(FileType.SEEN, seen().getFirst());
    byte[] whole = backend.load(file);
    for (byte[] damaged : damaged(whole)) {
      backend.delete(new FileHandle(FileType.SEEN, seen().getFirst()));
      backend.save(file, ByteBuffer.wrap(damaged));
      assertThat(store(SEEN).root()).isEqualTo(plain.root());
      assertThat(seen()).hasSize(1).doesNotContain(file.name());
    }
  }

  private static List<byte[]> damaged(byte[] whole) {
    List<byte[]> damaged = new ArrayList<>();
    for (int at = 0; at < whole.length; at += 97) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      damaged.add(flipped);
    }
    for (int length : new int[] {0, 1, 31, 32, 48, whole.length - 1, whole.length + 1}) {
      damaged.add(Arrays.copyOf(whole, length));
    }
    return damaged;
  }

  @Test
  void changedRanges_leaveItAlone() throws IOException {
    store(PLAIN);
    store(SEEN.with(ChangedRanges.since(Optional.empty(), "", List.of(), BLOCK)));
    assertThat(seen()).isEmpty();
  }

  @Test
  void tagOfAnotherBlock_isNoticed() {
    SecretKey key = SecretKey.generate(new SecureRandom());
    byte[] block = Arrays.copyOf(disk, BLOCK);
    SeenBlocks seen = new SeenBlocks(1);
    Recognition recognition = new Recognition.Known(seen, () -> new BlockTagger(key));

    Recognition.Eye eye = recognition.newEye();
    assertThat(eye.recognise(0, block, BLOCK)).isEmpty();
    eye.remember(0, Sha256.of(block));
    assertThat(recognition.newEye().recognise(0, block, BLOCK)).contains(Sha256.of(block));

    eye.remember(0, new Digest(1, 2, 3, 4));
    Recognition.Eye wrong = recognition.newEye();
    assertThatThrownBy(() -> wrong.recognise(0, block, BLOCK))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("block 0 has the tag of another");
  }

  private Stored store(DiskOptions options) {
    return TestRepositories.store(repository, "a", TestRepositories.disk(disk), options);
  }

  private byte[] restored(Stored stored) {
    MemoryTarget target = new MemoryTarget();
    Node node = repository.reader().find(stored.root(), "/shop/a").orElseThrow();
    repository.reader().restoreDisk(node, target, BLOCK, 2, TransferListener.SILENT);
    return target.content();
  }

  private List<String> seen() throws IOException {
    return backend.list(FileType.SEEN).stream()
        .map((FileEntry file) -> file.handle().name())
        .sorted()
        .toList();
  }
}
