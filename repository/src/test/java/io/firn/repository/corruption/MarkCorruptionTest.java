package io.firn.repository.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Digest;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.corruption.Regions.Region;
import io.firn.repository.lock.RepositoryLocks;
import io.firn.repository.prune.PruneListener;
import io.firn.repository.prune.PruneOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whatever is done to a mark file, a prune that follows deletes nothing that a point needs, and
/// nothing of which no readable mark says that it has waited long enough.
class MarkCorruptionTest {
  private final Random random = new Random(7);
  private final Specimen specimen = new Specimen(1);
  private final Specimen foreign = new Specimen(2);
  private int cases;

  @Test
  void unharmedMarks_deleteTheDeadPackOnly() {
    assertThat(deletedByPrune("unharmed", specimen.whole())).hasSize(1);
    specimen
        .files(FileType.MARK)
        .forEach(mark ->
            specimen.removed(
                mark,
                harmed ->
                    assertThat(deletedByPrune("removed", harmed))
                        .hasSize(mark.equals(decisive()) ? 0 : 1)));
  }

  @Test
  void harmedMarks_deleteNothing() {
    FileHandle mark = decisive();
    byte[] whole = specimen.content(mark);
    for (Region region : Regions.of(FileType.MARK, whole, List.of())) {
      for (int at = region.start(); at < region.end(); at += 1 + random.nextInt(9)) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        expectNothing("flipped at " + at + " in " + region, mark, flipped);
      }
      expectNothing("cut at " + region, mark, Arrays.copyOf(whole, region.start()));
      expectNothing("cut in " + region, mark, Arrays.copyOf(whole, region.end() - 1));
    }
    expectNothing("longer", mark, Arrays.copyOf(whole, whole.length + 16));
    for (FileHandle sibling : specimen.files(FileType.MARK)) {
      if (!sibling.equals(mark)) {
        expectNothing("sibling's", mark, specimen.content(sibling));
      }
    }
    for (FileHandle other : foreign.files(FileType.MARK)) {
      expectNothing("foreign", mark, foreign.content(other));
    }
    assertThat(cases).isGreaterThan(40);
  }

  /// A true mark beside a duplicate, or beside one of another repository, says what it says.
  @Test
  void marksTooMany_deleteTheDeadPackOnly() {
    byte[] whole = specimen.content(decisive());
    FileHandle other =
        new FileHandle(
            FileType.MARK,
            new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong())
                .toString());
    specimen.replaced(
        other, whole, harmed -> assertThat(deletedByPrune("duplicate", harmed)).hasSize(1));
    for (FileHandle mark : foreign.files(FileType.MARK)) {
      specimen.replaced(
          mark,
          foreign.content(mark),
          harmed -> assertThat(deletedByPrune("foreign beside", harmed)).hasSize(1));
    }
  }

  /// The one that says of the dead pack since when it is.
  private FileHandle decisive() {
    return specimen.files(FileType.MARK).stream()
        .max(java.util.Comparator.comparingInt(mark -> specimen.content(mark).length))
        .orElseThrow();
  }

  private void expectNothing(String harm, FileHandle mark, byte[] content) {
    cases++;
    specimen.replaced(
        mark, content, harmed -> assertThat(deletedByPrune(harm, harmed)).as(harm).isEmpty());
  }

  /// The packs that a prune deletes when the grace period is over. All points are whole before and
  /// after, and the harmed file is gone.
  private Set<String> deletedByPrune(String harm, Specimen.Harmed harmed) {
    MemoryBackend backend = harmed.backend();
    Set<String> before = packs(backend);
    try (Repository repository =
        Repository.open(
            backend,
            TestRepositories.password(),
            TestRepositories.OPTIONS.withClock(
                () -> java.time.InstantSource.system().instant().plus(Duration.ofHours(25))))) {
      RepositoryLocks locks = repository.locks();
      assertThat(locks.removeAll()).isPositive();
      repository.prune(PruneOptions.DEFAULT, PruneListener.SILENT);
      assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).damages())
          .as(harm)
          .isEmpty();
      assertThat(repository.snapshots()).hasSize(3);
      for (StoredSnapshot stored : repository.snapshots()) {
        String path = stored.snapshot().paths().getFirst();
        Node node = repository.reader().find(stored.snapshot().tree(), path).orElseThrow();
        assertThat(repository.reader().readFile(node)).as(harm).isEqualTo(specimen.disk(path));
      }
    }
    Set<String> gone = new HashSet<>(before);
    gone.removeAll(packs(backend));
    return gone;
  }

  private static Set<String> packs(MemoryBackend backend) {
    return backend.list(FileType.PACK).stream()
        .map(FileEntry::handle)
        .map(FileHandle::name)
        .collect(Collectors.toSet());
  }
}
