package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.DiskOutcome;
import io.firn.repository.Node;
import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryReader;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.SnapshotId;
import io.firn.repository.StoredSnapshot;
import io.firn.repository.TestRepositories;
import io.firn.repository.TreeId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Who runs beside a prune, and what happens: the rows of docs/concurrency.md. What the other one
/// does happens inside one of the prune's own requests to storage, so that it is the same each
/// time.
class PruneConcurrencyTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final PruneOptions OPTIONS = PruneOptions.DEFAULT.withRepackBelowPercent(100);

  /// A grace period that no lock outlasts unrefreshed.
  private static final PruneOptions SOON = OPTIONS.withGrace(Duration.ofMinutes(10));

  private final PruneGround ground = new PruneGround(new MemoryBackend());
  private final byte[] disk = PruneGround.disk(1, 60);
  private final byte[] dead = PruneGround.disk(2, 60);

  @Test
  void twoWriters_storeTheSameTwice_andThePruneKeepsOne() {
    ground.storeByTwoAtOnce(disk);
    long before = ground.bytes(FileType.PACK);
    ground.requireWhole("stored twice");
    ground.prune(PruneGround.AT_ONCE);
    assertThat(ground.bytes(FileType.PACK)).isLessThan(before * 3 / 5);
    ground.requireWhole("stored once");
  }

  @Test
  void writer_duringTheFirstPhase_mayCountOnDeadPacks() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    AtomicInteger written = new AtomicInteger();
    during(
        Operation.SAVE,
        FileType.MARK,
        () -> {
          long before = ground.bytes(FileType.PACK);
          ground.store(dead);
          written.set((int) (ground.bytes(FileType.PACK) - before));
        });
    assertThat(written.get()).as("all but nothing is stored anew").isLessThan(4096);
    ground.pass(DAY);
    ground.prune(OPTIONS);
    ground.requireWhole("with a point that was taken meanwhile");
  }

  @Test
  void writer_duringTheSecondPhase_waits_andEntersBeforePacksAreDeleted() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    ground.pass(DAY);
    PruneGround atIndex = ground.copy();
    during(
        atIndex,
        Operation.SAVE,
        FileType.INDEX,
        () ->
            assertThatThrownBy(() -> atIndex.store(dead))
                .isInstanceOfSatisfying(
                    RepositoryException.class,
                    e -> assertThat(e.code()).isEqualTo(FailureCode.LOCKED))
                .hasMessageContaining("exclusively")
                .hasMessageContaining("and still is after 120 s"));
    atIndex.requireWhole("with a writer that waited in vain");
    // Nothing refers to the packs by then: what they held is stored again.
    during(Operation.DELETE, FileType.PACK, () -> ground.store(dead));
    assertThat(ground.points).hasSize(2);
    ground.requireWhole("with a writer that came in while packs were deleted");
  }

  @Test
  void repair_whilePacksAreDeleted_isKeptOut() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    during(
        ground,
        PruneGround.AT_ONCE,
        Operation.DELETE,
        FileType.PACK,
        () -> {
          try (Repository repository = ground.open()) {
            assertCode(() -> repository.locks().exclusive(), FailureCode.LOCKED);
          }
        });
    ground.requireWhole("after all");
  }

  @Test
  void secondPhase_whileAnOlderWriterRuns_isPutOff_andNamesIt() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    try (RepositoryWriter writer = ground.open().writer()) {
      ground.prune(SOON);
      ground.pass(SOON.grace());
      long before = ground.bytes(FileType.PACK);
      PruneOutcome outcome = ground.prune(SOON);
      assertThat(outcome.postponed().orElseThrow())
          .contains("(PID " + ProcessHandle.current().pid() + ")")
          .contains("and still is after 120 s");
      assertThat(outcome.bytesMarked()).isGreaterThan(60 * 4096);
      assertThat(writer.bytesStored()).isZero();
      assertThat(ground.bytes(FileType.PACK)).isEqualTo(before);
    }
    assertThat(ground.prune(SOON).bytesDeleted()).isGreaterThan(60 * 4096);
  }

  @Test
  void secondPhase_besideAYoungerWriter_goesOn_andTheWriterLooksBeforeItsPoint() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(SOON);
    ground.pass(SOON.grace());
    try (RepositoryWriter counting = ground.open().writer();
        RepositoryWriter other = ground.open().writer()) {
      TreeId lost = ground.write(counting, dead);
      byte[] fresh = PruneGround.disk(3, 60);
      TreeId whole = ground.write(other, fresh);
      other.flush();
      during(
          ground,
          SOON,
          Operation.SAVE,
          FileType.INDEX,
          () -> assertCode(() -> seal(counting, lost), FailureCode.LOCKED));
      assertThat(ground.prune(SOON).postponed()).isEmpty();
      assertCode(() -> seal(counting, lost), FailureCode.PRUNED);
      ground.points.put(seal(other, whole), fresh);
    }
    ground.store(dead);
    assertThat(ground.points).hasSize(3);
    ground.requireWhole("after a point that was refused and made again");
  }

  /// What a writer has uploaded and no index lists may be its own, whatever the clocks say.
  @Test
  void secondPhase_besideAYoungerWriter_leavesPacksThatNoIndexLists() {
    ground.store(disk);
    ground.killWriter(dead);
    ground.prune(SOON);
    ground.pass(SOON.grace());
    try (RepositoryWriter writer = ground.open().writer()) {
      PruneOutcome beside = ground.prune(SOON);
      assertThat(beside.postponed()).isEmpty();
      assertThat(beside.packsDeleted()).isZero();
      assertThat(writer.bytesStored()).isZero();
    }
    assertThat(ground.prune(SOON).packsDeleted()).isPositive();
    ground.requireWhole("and gone");
  }

  private static SnapshotId seal(RepositoryWriter writer, TreeId root) {
    return writer.writeSnapshot(TestRepositories.snapshot(root));
  }

  @Test
  void reader_throughBothPhases_isToldToStartAgain() {
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 3, 30));
    ground.forget(old);
    RepositoryReader reader = ground.open().reader();
    Node node = node(reader);
    ground.prune(OPTIONS);
    reader.readFile(node);
    ground.pass(DAY);
    ground.prune(OPTIONS);
    assertThatThrownBy(() -> reader.readFile(node))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.PRUNED))
        .hasMessageContaining("by a prune")
        .hasMessageContaining("Start again");
    RepositoryReader again = ground.open().reader();
    assertThat(again.readFile(node(again))).isEqualTo(ground.points.values().iterator().next());
  }

  @Test
  void forget_duringTheFirstPhase_isNoDamage() {
    ground.store(disk);
    SnapshotId second = ground.store(dead);
    during(Operation.LOAD, FileType.SNAPSHOT, () -> ground.forget(second));
    ground.requireWhole("forgotten while snapshots were read");
  }

  @Test
  void lockOfADeadWriter_putsTheSecondPhaseOff_untilItIsRemoved() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    RepositoryWriter killed = ground.open().writer();
    ground.pass(DAY);
    PruneOutcome outcome = ground.prune(OPTIONS);
    assertThat(outcome.postponed().orElseThrow())
        .contains("Its owner is gone: unlock the repository")
        .doesNotContain("still is after");
    assertThat(outcome.packsDeleted()).isZero();
    ground.open().locks().removeStale();
    assertThat(ground.prune(OPTIONS).packsDeleted()).isPositive();
    // It was only believed to be dead: what it counted on may be gone, so it makes no point.
    assertThatThrownBy(() -> killed.writeSnapshot(TestRepositories.snapshot(root())))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.LOCK_LOST));
    killed.close();
    ground.requireWhole("after the dead and the living");
  }

  @Test
  void writer_whoseClockIsAnHourOff_isWaitedFor_orLooksBeforeItsPoint() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    for (Duration skew : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
      PruneGround here = ground.copy();
      here.pass(skew);
      try (RepositoryWriter writer = here.open().writer()) {
        TreeId root = here.write(writer, dead);
        here.pass(skew.negated());
        here.prune(SOON);
        here.pass(SOON.grace());
        assertThat(here.prune(SOON).postponed().isPresent()).isEqualTo(skew.isNegative());
        assertCode(
            () -> seal(writer, root),
            skew.isNegative() ? FailureCode.LOCK_LOST : FailureCode.PRUNED);
      }
      here.requireWhole("skew " + skew);
      for (int i = 0; i < 2; i++) {
        here.prune(SOON);
        here.pass(SOON.grace());
      }
      here.prune(SOON);
      assertThat(here.files(FileType.MARK)).isEmpty();
      here.requireWhole("skew " + skew + ", in the end");
    }
  }

  /// The first writer of a repository: no index file was there when it began, all are its own.
  @Test
  void writer_whoseOwnPacksWerePruned_makesNoPoint() {
    ground.pass(Duration.ofHours(1));
    try (RepositoryWriter writer = ground.open().writer()) {
      DiskOutcome outcome = ground.writeDisk(writer, disk);
      writer.flush();
      ground.pass(Duration.ofHours(-1));
      ground.prune(SOON);
      ground.pass(SOON.grace());
      assertThat(ground.prune(SOON).packsDeleted()).isPositive();
      TreeId root = ground.writeFolders(writer, outcome);
      assertCode(() -> seal(writer, root), FailureCode.PRUNED);
    }
    ground.store(disk);
    ground.requireWhole("refused, and made again");
  }

  /// The index is replaced right before the first file of it is read.
  @Test
  void reader_beginningInTheSecondPhase_readsTheIndexOfNow() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    ground.pass(DAY);
    FaultyBackend hooked = new FaultyBackend(ground.backend);
    AtomicInteger seen = new AtomicInteger();
    hooked.add((at, handle, number) -> {
      if (at == Operation.LOAD && is(handle, FileType.INDEX) && seen.getAndIncrement() == 0) {
        assertThat(ground.prune(OPTIONS).packsDeleted()).isPositive();
      }
    });
    RepositoryReader reader = ground.open(hooked).reader();
    assertThat(reader.readFile(node(reader))).isEqualTo(disk);
    assertThat(seen.get()).isPositive();
  }

  @Test
  void index_thatIsListedAndMissing_isDamage() {
    ground.store(disk);
    FaultyBackend lying = new FaultyBackend(ground.backend);
    lying.add((at, handle, number) -> {
      if (at == Operation.LOAD && is(handle, FileType.INDEX)) {
        throw new NoSuchFileException(handle.toString());
      }
    });
    assertCode(() -> ground.open(lying).reader(), FailureCode.CORRUPT);
  }

  @Test
  void marks_ofAClockThatIsOff_onlyChangeTheWait() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    PruneGround ahead = ground.copy();
    ahead.pass(Duration.ofHours(1));
    ahead.prune(OPTIONS);
    ahead.pass(Duration.ofHours(-1));
    assertThat(ahead.prune(OPTIONS).nextDue()).contains(ahead.now.plus(DAY));
    ahead.pass(DAY);
    assertThat(ahead.prune(OPTIONS).packsDeleted()).isPositive();
    ahead.requireWhole("marked by a clock that is ahead");

    PruneGround behind = ground.copy();
    behind.pass(Duration.ofHours(-1));
    behind.prune(OPTIONS);
    behind.pass(Duration.ofHours(24));
    assertThat(behind.prune(OPTIONS).packsDeleted()).as("an hour early").isPositive();
    behind.requireWhole("marked by a clock that is behind");
  }

  @Test
  void clockThatJumpsAYear_deletesEarly_butOnlyWhatIsDead() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    ground.store(dead);
    ground.pass(Duration.ofDays(365));
    ground.prune(OPTIONS);
    ground.requireWhole("a year later, as it seems");
  }

  @Test
  void twoPrunes_inTheirFirstPhases_doItTwice_andTheNextTidiesUp() {
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 3, 30));
    ground.forget(old);
    during(Operation.SAVE, FileType.INDEX, () -> ground.prune(OPTIONS));
    ground.requireWhole("repacked twice");
    for (int i = 0; i < 3; i++) {
      ground.pass(DAY);
      ground.prune(OPTIONS);
    }
    assertThat(ground.files(FileType.MARK)).isEmpty();
    PrunePlan rest = ground.open().prunePlan(PruneGround.AT_ONCE, PruneListener.SILENT);
    assertThat(rest.packs()).isEmpty();
    ground.requireWhole("and tidied up");
  }

  @Test
  void twoPrunes_theSecondPhaseOfOne_keepsTheOtherOut() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    ground.pass(DAY);
    during(
        Operation.SAVE,
        FileType.INDEX,
        () -> {
          assertCode(() -> ground.prune(OPTIONS), FailureCode.LOCKED);
          assertCode(() -> ground.prune(PruneGround.AT_ONCE), FailureCode.LOCKED);
        });
    assertThat(ground.files(FileType.LOCK)).isEmpty();
    ground.requireWhole("after one of them");
  }

  @Test
  void twoPrunes_oneDeletesWhileTheOtherBegins_bothEnd() {
    ground.store(disk);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    ground.pass(DAY);
    during(Operation.DELETE, FileType.PACK, () -> ground.prune(OPTIONS));
    ground.pass(DAY);
    ground.prune(OPTIONS);
    assertThat(ground.files(FileType.MARK)).isEmpty();
    ground.requireWhole("after both");
  }

  private void during(Operation operation, FileType type, Runnable action) {
    during(ground, operation, type, action);
  }

  private static void during(
      PruneGround ground, Operation operation, FileType type, Runnable action) {
    during(ground, OPTIONS, operation, type, action);
  }

  /// Prunes; the other one acts right before the first operation of that kind on such a file.
  private static void during(
      PruneGround ground,
      PruneOptions options,
      Operation operation,
      FileType type,
      Runnable action) {
    FaultyBackend hooked = new FaultyBackend(ground.backend);
    AtomicInteger seen = new AtomicInteger();
    hooked.add((at, handle, number) -> {
      if (at == operation && is(handle, type) && seen.getAndIncrement() == 0) {
        action.run();
      }
    });
    ground.open(hooked).prune(options, PruneListener.SILENT);
    assertThat(seen.get()).as("the other one had its turn").isPositive();
  }

  private static boolean is(FileHandle handle, FileType type) {
    return handle.type() == type;
  }

  private TreeId root() {
    return ground.open().snapshots().getFirst().snapshot().tree();
  }

  private Node node(RepositoryReader reader) {
    StoredSnapshot stored = ground.open().snapshots().getFirst();
    return reader.find(stored.snapshot().tree(), "/shop/disk.img").orElseThrow();
  }

  private static void assertCode(ThrowingCallable action, FailureCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
