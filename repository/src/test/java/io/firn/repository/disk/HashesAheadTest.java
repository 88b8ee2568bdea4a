package io.firn.repository.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskSource;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TestRepositories.Stored;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HashesAheadTest {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 200;
  private static final DiskOptions OPTIONS = new DiskOptions(BLOCK, 2);

  private final Repository repository = TestRepositories.init(new MemoryBackend());
  private final byte[] disk = TestDisks.blocks(BLOCKS, BLOCK);

  @Test
  void unchangedDisk_isNotReadAgain() throws IOException {
    TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
    Stored plain = TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
    WatchedDisk watched = new WatchedDisk(disk, BLOCK);
    Stored ahead = TestRepositories.store(repository, "a", watched, OPTIONS.with(ahead(disk)));
    assertThat(watched.read).isEmpty();
    assertThat(ahead.root()).isEqualTo(plain.root());
    assertThat(ahead.outcome()).isEqualTo(plain.outcome());
  }

  @Test
  void whatIsNew_isReadAgain_andNothingElse() throws IOException {
    TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
    disk[5 * BLOCK + 7]++;
    disk[disk.length - 1]++;
    WatchedDisk watched = new WatchedDisk(disk, BLOCK);
    Stored ahead = TestRepositories.store(repository, "a", watched, OPTIONS.with(ahead(disk)));
    assertThat(watched.read).containsExactly(5, BLOCKS);
    assertThat(ahead.outcome().bytesRead()).isEqualTo(disk.length);
    Stored plain = TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
    assertThat(ahead.root()).isEqualTo(plain.root());
  }

  @Test
  void stoppedHalfWay_theRestIsRead() throws IOException {
    TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
    WatchedDisk slow = new WatchedDisk(disk, BLOCK);
    HashesAhead ahead = HashesAhead.start(slow, BLOCK, 1);
    while (slow.read.size() < 10) {
      Thread.onSpinWait();
    }
    ahead.close();
    WatchedDisk watched = new WatchedDisk(disk, BLOCK);
    Stored stored = TestRepositories.store(repository, "a", watched, OPTIONS.with(ahead));
    for (int block = 0; block <= BLOCKS; block++) {
      assertThat(watched.read.contains(block)).isNotEqualTo(ahead.has(block));
    }
    assertThat(stored.outcome().bytesNew()).isZero();
  }

  @Test
  void hashesOfAnotherSize_doNotCount() throws IOException {
    TestRepositories.store(repository, "a", TestRepositories.disk(disk), OPTIONS);
    WatchedDisk watched = new WatchedDisk(Arrays.copyOf(disk, disk.length + 1), BLOCK);
    TestRepositories.store(repository, "a", watched, OPTIONS.with(ahead(disk)));
    assertThat(watched.read).hasSize(BLOCKS + 1);
  }

  @Test
  void unreadable_isSaidByWhoeverStoresIt() throws IOException {
    DiskSource broken = new WatchedDisk(disk, BLOCK, 3);
    HashesAhead ahead = HashesAhead.start(broken, BLOCK, 2);
    assertThatThrownBy(() -> TestRepositories.store(repository, "a", broken, OPTIONS.with(ahead)))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("bad sector at block 3");
  }

  /// Hashes of the whole disk.
  private static HashesAhead ahead(byte[] content) throws IOException {
    HashesAhead ahead = HashesAhead.start(TestRepositories.disk(content), BLOCK, 2);
    for (int block = 0; block <= BLOCKS; block++) {
      while (!ahead.has(block)) {
        Thread.onSpinWait();
      }
    }
    return ahead;
  }
}
