package io.firn.repository.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.SnapshotId;
import io.firn.repository.TestDisks;
import io.firn.repository.TestRepositories;
import io.firn.repository.TransferListener;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On storage that retains files, a new point is whole for the period, whatever old packs it counts
/// on and whatever somebody deletes.
class LockExtensionTest {
  private static final int BLOCK = 4096;

  private Instant now = TestRepositories.NOW;
  private final RetainingBackend bucket = new RetainingBackend(new MemoryBackend(), () -> now);
  private final Repository repository =
      Repository.init(
          bucket,
          TestRepositories.password(),
          TestRepositories.OPTIONS.withClock(() -> now).withPackSizeBytes(1 << 16));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void newestPoint_outlivesWhoeverDeletesWhatHeMay(long seed) {
    Random random = new Random(seed);
    byte[] disk = TestDisks.random(random, 40 * BLOCK);
    SnapshotId point = store(disk);
    for (int runs = 1 + random.nextInt(8); runs > 0; runs--) {
      now = now.plus(Duration.ofHours(random.nextInt(20 * 24)));
      for (int change = random.nextInt(6); change > 0; change--) {
        byte[] block = TestDisks.random(random, BLOCK);
        System.arraycopy(block, 0, disk, BLOCK * random.nextInt(40), BLOCK);
      }
      point = store(disk);
    }
    now = now.plus(RetainingBackend.PERIOD).minusSeconds(1);

    bucket.deleteAllThatIsFree();

    requireWhole(point, disk);
  }

  @Test
  void packsThatTheNewPointUses_areExtended_othersAreNot() {
    byte[] used = TestDisks.random(new Random(1), 40 * BLOCK);
    byte[] other = TestDisks.random(new Random(2), 40 * BLOCK);
    store(used);
    Set<FileHandle> packsOfUsed = packs();
    store(other);
    Set<FileHandle> packsOfOther = packs();
    packsOfOther.removeAll(packsOfUsed);
    bucket.takeExtended();
    now = now.plus(RetainingBackend.SLACK).plusSeconds(1);

    store(used);

    List<FileHandle> extended = bucket.takeExtended();
    assertThat(extended)
        .containsAll(dataPacks(packsOfUsed))
        .doesNotContainAnyElementsOf(packsOfOther);
    assertThat(extended.stream().map(FileHandle::type))
        .contains(FileType.CONFIG, FileType.KEY, FileType.INDEX);
    assertThat(extended).doesNotHaveDuplicates();
  }

  @Test
  void filesThatAreLockedLongEnough_areLeftAlone() {
    byte[] disk = TestDisks.random(new Random(1), 40 * BLOCK);
    store(disk);
    now = now.plus(RetainingBackend.SLACK);
    bucket.takeExtended();
    store(disk);
    assertThat(bucket.takeExtended()).isEmpty();
    now = now.plusSeconds(1);
    store(disk);
    assertThat(bucket.takeExtended()).isNotEmpty();
  }

  @Test
  void extensionThatFails_failsTheBackup_andThereIsNoPoint() {
    byte[] disk = TestDisks.random(new Random(1), 40 * BLOCK);
    store(disk);
    now = now.plus(RetainingBackend.SLACK).plusSeconds(1);
    bucket.refuseToExtend();
    assertThatThrownBy(() -> store(disk))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("could not extend the object lock of data/");
    assertThat(repository.snapshots()).hasSize(1);
  }

  private SnapshotId store(byte[] disk) {
    try (RepositoryWriter writer = repository.writer()) {
      DiskOutcome outcome =
          writer.writeDisk(
              TestRepositories.disk(disk), new DiskOptions(BLOCK, 1), TransferListener.SILENT);
      TreeId root = writer.writeTree(List.of(Node.file("disk", now, outcome.file())));
      return writer.writeSnapshot(TestRepositories.snapshot(root));
    }
  }

  private void requireWhole(SnapshotId point, byte[] disk) {
    RepositoryReader reader = repository.reader();
    TreeId root = repository.snapshot(point).orElseThrow().snapshot().tree();
    assertThat(reader.readFile(reader.find(root, "/disk").orElseThrow())).isEqualTo(disk);
  }

  private Set<FileHandle> packs() {
    try {
      return bucket.list(FileType.PACK).stream()
          .map(FileEntry::handle)
          .collect(Collectors.toCollection(HashSet::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Without the small one that holds the folder.
  private Set<FileHandle> dataPacks(Set<FileHandle> packs) {
    return packs.stream()
        .filter(pack -> {
          try {
            return bucket.size(pack) > 3 * BLOCK;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        })
        .collect(Collectors.toSet());
  }
}
