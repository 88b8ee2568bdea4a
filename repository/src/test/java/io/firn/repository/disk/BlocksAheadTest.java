package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.ByteRange;
import io.firn.repository.ChangedRanges;
import io.firn.repository.ChangesOutcome;
import io.firn.repository.Compression;
import io.firn.repository.DiskOptions;
import io.firn.repository.DiskSource;
import io.firn.repository.Node;
import io.firn.repository.ParentDisk;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.MemoryTarget;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.TransferListener;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlocksAheadTest {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 200;
  private static final DiskOptions OPTIONS = new DiskOptions(BLOCK, 2);
  private static final List<ByteRange> CHANGES =
      List.of(
          new ByteRange(5 * BLOCK + 7, 1),
          new ByteRange(7 * BLOCK, BLOCK),
          new ByteRange(BLOCKS * BLOCK + 99, 1));

  private final Repository repository = TestRepositories.init(new MemoryBackend());
  private final byte[] disk = TestDisks.blocks(BLOCKS, BLOCK);

  /// One block new, one of zeros, the short last one new.
  private void change() {
    disk[5 * BLOCK + 7]++;
    Arrays.fill(disk, 7 * BLOCK, 8 * BLOCK, (byte) 0);
    disk[BLOCKS * BLOCK + 99]++;
  }

  @Test
  void changedBlocks_areNotReadAgain_andStoredAsEver() throws IOException {
    Optional<ParentDisk> parent = parent();
    change();
    BlocksAhead ahead = ahead(TestRepositories.disk(disk));
    WatchedDisk watched = new WatchedDisk(disk, BLOCK);
    Stored stored = store(watched, changed(parent).with(ahead));

    assertThat(watched.read).hasSize(16).doesNotContain(5, 7, BLOCKS);
    assertThat(stored.outcome().changes()).isInstanceOf(ChangesOutcome.Followed.class);
    assertThat(stored.outcome().bytesRead()).isEqualTo(16 * BLOCK + 2 * BLOCK + 100);
    assertThat(stored.outcome().bytesNew()).isEqualTo(BLOCK + 100);
    assertThat(stored.outcome().bytesZero()).isEqualTo(68L * BLOCK);
    requireRight(stored);
  }

  @Test
  void sameContentTwice_isStoredOnce_andCompressed() throws IOException {
    Optional<ParentDisk> parent = parent();
    Arrays.fill(disk, 5 * BLOCK, 6 * BLOCK, (byte) 'x');
    Arrays.fill(disk, 7 * BLOCK, 8 * BLOCK, (byte) 'x');
    BlocksAhead ahead = ahead(TestRepositories.disk(disk));
    Stored stored = store(TestRepositories.disk(disk), changed(parent).with(ahead));
    assertThat(stored.outcome().bytesNew()).isEqualTo(BLOCK);
    assertThat(stored.outcome().bytesStored()).isBetween(1L, 200L);
    requireRight(stored);
  }

  @Test
  void refusedRanges_whatWasDoneCounts_andTheRestIsRead() throws IOException {
    change();
    BlocksAhead ahead = ahead(TestRepositories.disk(disk));
    WatchedDisk watched = new WatchedDisk(disk, BLOCK);
    Stored stored = store(watched, changed(Optional.empty()).with(ahead));
    assertThat(stored.outcome().changes()).isInstanceOf(ChangesOutcome.Refused.class);
    assertThat(watched.read).hasSize(BLOCKS + 1 - 3).doesNotContain(5, 7, BLOCKS);
    requireRight(stored);
  }

  @Test
  void otherBlocks_doNotCount() throws IOException {
    Optional<ParentDisk> parent = parent();
    change();
    BlocksAhead ahead = ahead(TestRepositories.disk(Arrays.copyOf(disk, disk.length + 1)));
    WatchedDisk watched = new WatchedDisk(disk, BLOCK);
    Stored stored = store(watched, changed(parent).with(ahead));
    assertThat(watched.read).contains(5, 7, BLOCKS);
    requireRight(stored);
  }

  @Test
  void rangesBeyondTheDisk_areLeftToWhoeverJudgesThem() throws IOException {
    List<ByteRange> ranges =
        List.of(new ByteRange(Long.MAX_VALUE - 5, 5), new ByteRange(0, disk.length + 1L));
    try (BlocksAhead ahead =
        BlocksAhead.start(TestRepositories.disk(disk), BLOCK, ranges, Compression.FASTEST, 1)) {
      ahead.awaitEnd();
      assertThat(ahead.take(0)).isEmpty();
    }
  }

  @Test
  void memory_isBounded_andGivenBack() throws IOException {
    byte[] large = TestDisks.random(new Random(2), 64 << 20);
    ByteRange all = new ByteRange(0, large.length);
    try (BlocksAhead ahead =
        BlocksAhead.start(
            TestRepositories.disk(large), 1 << 20, List.of(all), Compression.FASTEST, 1)) {
      ahead.awaitEnd();
      int held = 0;
      for (int block = 0; block < 64; block++) {
        held += ahead.take(block).isPresent() ? 1 : 0;
        assertThat(ahead.take(block)).isEmpty();
      }
      assertThat(held).isEqualTo(48);
      assertThat(ahead.heldBytes()).isZero();
    }
  }

  @Test
  void memory_isLeftToTheBooksOfAHugeDisk() {
    assertThat(BlocksAhead.mostBytes(8L << 30, 256 << 10)).isEqualTo(46L << 20);
    assertThat(BlocksAhead.mostBytes(1L << 40, 512 << 10)).isNegative();
  }

  @Test
  void unreadable_isSaidByWhoeverStoresIt() throws IOException {
    Optional<ParentDisk> parent = parent();
    change();
    WatchedDisk broken = new WatchedDisk(disk, BLOCK, 7);
    BlocksAhead ahead = ahead(broken);
    assertThatThrownBy(() -> store(broken, changed(parent).with(ahead)))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("bad sector at block 7");
  }

  private Optional<ParentDisk> parent() {
    Stored stored = store(TestRepositories.disk(disk), OPTIONS);
    Node node = repository.reader().find(stored.root(), "/shop/a").orElseThrow();
    return Optional.of(ParentDisk.of(node, "vol-1"));
  }

  private Stored store(DiskSource source, DiskOptions options) {
    return TestRepositories.store(repository, "a", source, options);
  }

  private static DiskOptions changed(Optional<ParentDisk> parent) {
    return OPTIONS.with(new ChangedRanges(parent, "vol-1", CHANGES, 512, 1));
  }

  private static BlocksAhead ahead(DiskSource source) throws IOException {
    BlocksAhead ahead = BlocksAhead.start(source, BLOCK, CHANGES, Compression.FASTEST, 2);
    ahead.awaitEnd();
    return ahead;
  }

  private void requireRight(Stored stored) {
    Node node = repository.reader().find(stored.root(), "/shop/a").orElseThrow();
    MemoryTarget target = new MemoryTarget();
    repository.reader().restoreDisk(node, target, BLOCK, 2, TransferListener.SILENT);
    assertThat(target.content()).isEqualTo(disk);
    Stored plain = store(TestRepositories.disk(disk), OPTIONS);
    assertThat(stored.root()).isEqualTo(plain.root());
  }
}
