package io.firn.repository.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.repository.DiskOptions;
import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
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
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// On storage that retains files: writers whose old packs go while they work. What a prune takes is
/// no damage, what anybody else takes is.
class LockExtensionBesidePruneTest {
  private static final int BLOCK = 4096;
  private static final PruneOptions SOON = PruneOptions.DEFAULT.withGrace(Duration.ofHours(24));

  private final byte[] dead = TestDisks.random(new Random(1), 40 * BLOCK);
  private Instant now = TestRepositories.NOW;
  private final MemoryBackend files = new MemoryBackend();
  private final RetainingBackend bucket = new RetainingBackend(files, () -> now);
  private final Repository repository =
      Repository.init(
          bucket,
          TestRepositories.password(),
          TestRepositories.OPTIONS.withClock(() -> now).withPackSizeBytes(1 << 16));

  @Test
  void packThatAPruneTook_isToldAsAChange_andTheNextRunIsWhole() {
    SnapshotId forgotten = store(dead);
    store(TestDisks.random(new Random(2), 40 * BLOCK));
    now = now.plus(Duration.ofDays(40));
    repository.forget(List.of(forgotten));
    repository.prune(SOON, PruneListener.SILENT);
    now = now.plus(SOON.grace()).plusSeconds(1);
    try (RepositoryWriter writer = repository.writer()) {
      write(writer, dead);

      assertThat(repository.prune(SOON, PruneListener.SILENT).packsDeleted()).isPositive();

      RepositoryException e = catchThrowableOfType(RepositoryException.class, writer::flush);
      assertThat(e.code()).isEqualTo(FailureCode.PRUNED);
      assertThat(e).hasMessageContaining("data/").hasMessageContaining("start again");
    }
    store(dead);
    assertThat(repository.snapshots()).hasSize(2);
  }

  @Test
  void packThatIsMissing_withoutAPrune_isDamage() throws IOException {
    store(dead);
    try (RepositoryWriter writer = repository.writer()) {
      write(writer, dead);
      files.delete(largestPack());

      RepositoryException e = catchThrowableOfType(RepositoryException.class, writer::flush);
      assertThat(e.code()).isEqualTo(FailureCode.CORRUPT);
      assertThat(e).hasMessageContaining("is missing from");
    }
  }

  private FileHandle largestPack() throws IOException {
    return files.list(FileType.PACK).stream()
        .max(Comparator.comparingLong(FileEntry::sizeBytes))
        .orElseThrow()
        .handle();
  }

  private SnapshotId store(byte[] disk) {
    try (RepositoryWriter writer = repository.writer()) {
      return writer.writeSnapshot(TestRepositories.snapshot(write(writer, disk)));
    }
  }

  private TreeId write(RepositoryWriter writer, byte[] disk) {
    DiskOutcome outcome =
        writer.writeDisk(
            TestRepositories.disk(disk), new DiskOptions(BLOCK, 1), TransferListener.SILENT);
    return writer.writeTree(List.of(Node.file("disk", now, outcome.file())));
  }
}
