package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PruneTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final PruneGround ground = new PruneGround(new MemoryBackend());

  @Test
  void nothingDead_isLeftAlone() {
    ground.store(PruneGround.disk(1, 60));
    Set<String> packs = ground.files(FileType.PACK);
    PruneOutcome outcome = ground.prune(PruneOptions.DEFAULT);
    assertThat(outcome.plan().packs()).isEmpty();
    assertThat(outcome.packsDeleted() + outcome.packsMarked()).isZero();
    assertThat(ground.files(FileType.PACK)).isEqualTo(packs);
    assertThat(ground.files(FileType.MARK)).isEmpty();
    assertThat(ground.files(FileType.LOCK)).isEmpty();
  }

  @Test
  void smallPacks_tenOrMoreOfAKind_areMerged_andThenLeftAlone() {
    for (int i = 0; i < 12; i++) {
      ground.store(PruneGround.disk(i, 2));
    }
    PruneOptions options = PruneGround.AT_ONCE.withRepackSmallerThanBytes(20_000);
    PrunePlan plan = planned(options);
    assertThat(plan.group(PackFate.MERGE).packs()).as("of data and of trees").isEqualTo(24);
    assertThat(planned(options.withRepackSmallerThanBytes(0)).packs()).isEmpty();
    assertThat(planned(options.withMaxRepackBytes(40_000)).group(PackFate.MERGE).packs())
        .as("too little to be worth it: trees only")
        .isEqualTo(12);

    PruneOutcome outcome = ground.prune(options);

    assertThat(outcome.packsRepacked()).isEqualTo(24);
    assertThat(ground.files(FileType.PACK)).hasSize(3);
    assertThat(planned(options).packs()).isEmpty();
    ground.requireWhole("merged");
  }

  @Test
  void smallPacks_inTwoPhases_goAfterTheGrace() {
    for (int i = 0; i < 12; i++) {
      ground.store(PruneGround.disk(i, 2));
    }
    PruneOptions options = PruneOptions.DEFAULT.withRepackSmallerThanBytes(20_000);
    PrunePlan plan = ground.prune(options).plan();
    assertThat(plan.bytesFreedNow()).isEqualTo(-plan.group(PackFate.MERGE).liveBytes());
    assertThat(ground.files(FileType.PACK)).hasSize(27);
    ground.requireWhole("merged");
    ground.pass(DAY);
    ground.prune(options);
    assertThat(ground.files(FileType.PACK)).hasSize(3);
    ground.requireWhole("and gone");
  }

  @Test
  void smallPacks_fewerThanTen_areLeftAlone() {
    for (int i = 0; i < 9; i++) {
      ground.store(PruneGround.disk(i, 2));
    }
    assertThat(planned(PruneGround.AT_ONCE.withRepackSmallerThanBytes(20_000)).packs()).isEmpty();
  }

  @Test
  void deadPack_isMarked_waits_andGoesAfterTheGrace() {
    SnapshotId old = ground.store(PruneGround.disk(1, 60));
    ground.store(PruneGround.disk(2, 60));
    ground.forget(old);
    long before = ground.bytes(FileType.PACK);

    PruneOutcome first = ground.prune(PruneOptions.DEFAULT);
    assertThat(first.plan().group(PackFate.DEAD).bytes()).isGreaterThan(60 * 4096);
    assertThat(first.packsDeleted()).isZero();
    assertThat(first.nextDue()).contains(ground.now.plus(DAY));
    assertThat(ground.bytes(FileType.PACK)).isEqualTo(before);

    ground.pass(DAY.minusSeconds(1));
    PruneOutcome early = ground.prune(PruneOptions.DEFAULT);
    assertThat(early.plan().group(PackFate.WAITING)).isEqualTo(first.plan().group(PackFate.DEAD));
    assertThat(ground.bytes(FileType.PACK)).isEqualTo(before);

    ground.pass(Duration.ofSeconds(1));
    assertThat(ground.open().prunePlan(PruneOptions.DEFAULT, PruneListener.SILENT).bytesFreedNow())
        .isEqualTo(first.bytesMarked());
    PruneOutcome last = ground.prune(PruneOptions.DEFAULT);
    assertThat(last.bytesDeleted()).isEqualTo(first.bytesMarked());
    assertThat(ground.bytes(FileType.PACK)).isEqualTo(before - first.bytesMarked());
    assertThat(ground.files(FileType.MARK)).isEmpty();
    ground.requireWhole("after the grace");
  }

  @Test
  void deadPack_neededAgainMeanwhile_stays() {
    byte[] disk = PruneGround.disk(1, 60);
    ground.forget(ground.store(disk));
    ground.store(PruneGround.disk(2, 60));
    assertThat(ground.prune(PruneOptions.DEFAULT).packsMarked()).isPositive();
    ground.store(disk);
    ground.pass(DAY);
    PruneOutcome outcome = ground.prune(PruneOptions.DEFAULT);
    assertThat(outcome.plan().group(PackFate.KEEP).bytes()).isGreaterThan(2 * 60 * 4096);
    ground.requireWhole("with a disk that came back");
  }

  @Test
  void scatteredDeath_isRepackedToTheLimit_inTwoPhases() {
    byte[] disk = PruneGround.disk(1, 200);
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 2, 80));
    ground.forget(old);
    PruneOptions options = PruneOptions.DEFAULT.withRepackBelowPercent(100);

    PruneOutcome first = ground.prune(options);
    assertThat(first.packsRepacked()).isPositive();
    assertThat(first.bytesWritten()).isEqualTo(first.plan().group(PackFate.REPACK).liveBytes());
    ground.requireWhole("with two copies");

    ground.pass(DAY);
    PruneOutcome second = ground.prune(options);
    assertThat(second.packsDeleted()).isEqualTo(first.packsMarked());
    assertThat(second.plan().duplicateBlobs()).isZero();
    assertThat(unusedPercent(second.plan())).isLessThanOrEqualTo(5);
    ground.requireWhole("after both phases");
  }

  @Test
  void atOnce_doesAllInOneRun() {
    byte[] disk = PruneGround.disk(1, 200);
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 2, 80));
    ground.forget(old);
    long before = ground.bytes(FileType.PACK);
    PrunePlan planned = ground.open().prunePlan(PruneGround.AT_ONCE, PruneListener.SILENT);
    ground.prune(PruneGround.AT_ONCE);
    assertThat(before - ground.bytes(FileType.PACK))
        .as("freed, but for the headers of new packs")
        .isCloseTo(planned.bytesFreedNow(), org.assertj.core.data.Offset.offset(500L));
    assertThat(unusedPercent(plan())).isLessThanOrEqualTo(5);
    assertThat(ground.files(FileType.MARK)).isEmpty();
    ground.requireWhole("at once");
  }

  @Test
  void limits_ofRepacking_areObeyed() {
    byte[] disk = PruneGround.disk(1, 200);
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 2, 80));
    ground.forget(old);
    PrunePlan none = planned(PruneGround.AT_ONCE.withMaxUnusedPercent(100));
    assertThat(none.group(PackFate.REPACK).packs()).isZero();
    assertThat(none.bytesUnusedAfter()).isGreaterThan(50 * 4096);
    PrunePlan some = planned(PruneGround.AT_ONCE.withMaxRepackBytes(150_000));
    assertThat(some.group(PackFate.REPACK).liveBytes()).isBetween(1L, 150_000L);
    PrunePlan all = planned(PruneGround.AT_ONCE.withMaxUnusedPercent(0));
    assertThat(all.bytesUnusedAfter()).isZero();
    PrunePlan emptyOnly = planned(PruneGround.AT_ONCE.withRepackBelowPercent(20));
    assertThat(emptyOnly.group(PackFate.REPACK).packs()).isZero();
    assertThat(emptyOnly.moreUnusedThanWanted()).isTrue();
  }

  @Test
  void whatCannotBeRead_stopsThePrune_andNothingIsDeleted() {
    SnapshotId old = ground.store(PruneGround.disk(1, 60));
    ground.store(PruneGround.disk(2, 60));
    ground.forget(old);
    for (FileType type : List.of(FileType.SNAPSHOT, FileType.INDEX, FileType.PACK)) {
      PruneGround hurt = ground.copy();
      for (String name : hurt.files(type)) {
        damage(hurt, new FileHandle(type, name));
      }
      Set<String> packs = hurt.files(FileType.PACK);
      assertCode(() -> hurt.prune(PruneGround.AT_ONCE), FailureCode.CORRUPT);
      assertCode(() -> hurt.prune(PruneOptions.DEFAULT), FailureCode.CORRUPT);
      assertThat(hurt.files(FileType.PACK)).isEqualTo(packs);
      assertThat(hurt.files(FileType.LOCK)).isEmpty();
      assertThat(hurt.files(FileType.MARK)).isEmpty();
    }
  }

  @Test
  void neededPackMissing_orCutShort_stopsThePrune() throws IOException {
    ground.store(PruneGround.disk(1, 60));
    for (String name : ground.files(FileType.PACK)) {
      FileHandle pack = new FileHandle(FileType.PACK, name);
      PruneGround missing = ground.copy();
      missing.delete(pack);
      assertCode(() -> missing.prune(PruneGround.AT_ONCE), FailureCode.CORRUPT);
      PruneGround cut = ground.copy();
      byte[] bytes = cut.backend.load(pack);
      cut.delete(pack);
      cut.backend.save(pack, ByteBuffer.wrap(bytes, 0, bytes.length - 1));
      assertCode(() -> cut.prune(PruneGround.AT_ONCE), FailureCode.CORRUPT);
    }
  }

  @Test
  void damagedPack_isNotRepacked_andSaidSo() {
    byte[] disk = PruneGround.disk(1, 100);
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 2, 40));
    ground.forget(old);
    PackId hurt = planned(PruneGround.AT_ONCE).ids(PackFate.REPACK).getFirst();
    damage(ground, new FileHandle(FileType.PACK, hurt.toString()));
    PruneOutcome outcome = ground.prune(PruneGround.AT_ONCE);
    assertThat(outcome.damaged()).containsExactly(hurt);
    assertThat(ground.files(FileType.PACK)).contains(hurt.toString());
  }

  @Test
  void copies_ofABlob_theSoundOneCounts() throws IOException {
    byte[] disk = PruneGround.disk(1, 60);
    ground.storeByTwoAtOnce(disk);
    long before = ground.bytes(FileType.PACK);
    assertThat(plan().duplicateBlobs()).as("blocks and two trees").isEqualTo(62);
    for (String name : ground.files(FileType.PACK)) {
      PruneGround hurt = ground.copy();
      FileHandle pack = new FileHandle(FileType.PACK, name);
      byte[] bytes = hurt.backend.load(pack);
      hurt.delete(pack);
      hurt.backend.save(pack, ByteBuffer.wrap(bytes, 0, bytes.length / 2));
      hurt.prune(PruneGround.AT_ONCE);
      assertThat(hurt.files(FileType.PACK)).doesNotContain(name);
      assertThat(hurt.bytes(FileType.PACK)).isLessThan(before * 3 / 5);
      hurt.requireWhole("after one copy was lost and the rest was pruned");
    }
  }

  @Test
  void strayPack_isMarkedFirst_thenDeleted() {
    ground.store(PruneGround.disk(1, 60));
    ground.killWriter(PruneGround.disk(2, 100));
    PruneOutcome first = ground.prune(PruneOptions.DEFAULT);
    assertThat(first.plan().group(PackFate.STRAY).packs()).isPositive();
    assertThat(first.packsDeleted()).isZero();
    ground.pass(DAY);
    PruneOutcome second = ground.prune(PruneOptions.DEFAULT);
    assertThat(second.packsDeleted()).isEqualTo(first.plan().group(PackFate.STRAY).packs());
    assertThat(second.plan().group(PackFate.STRAY).packs()).isZero();
    ground.requireWhole("without strays");
  }

  @Test
  void noSpaceForRepacking_leavesAllWhole_andHelpsItself() {
    byte[] disk = PruneGround.disk(1, 200);
    SnapshotId old = ground.store(disk);
    SnapshotId dead = ground.store(PruneGround.disk(7, 60));
    ground.store(PruneGround.changed(disk, 2, 80));
    ground.forget(old);
    ground.forget(dead);
    long before = ground.bytes(FileType.PACK);
    FaultyBackend full = new FaultyBackend(ground.backend);
    int[] packs = {0};
    full.add((operation, handle, number) -> {
      if (operation == Operation.SAVE && handle.type() == FileType.PACK && packs[0]++ > 1) {
        throw new PermanentBackendException(
            PermanentBackendException.Reason.NO_SPACE, "no space is left", new IOException());
      }
    });
    assertThatThrownBy(() -> ground.open(full).prune(PruneGround.AT_ONCE, PruneListener.SILENT))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NO_SPACE))
        .hasMessageContaining("max-repack");
    assertThat(before - ground.bytes(FileType.PACK))
        .as("what was wholly dead went first")
        .isGreaterThan(60 * 4096 - 1);
    assertThat(plan().group(PackFate.STRAY_DUE).packs()).as("no half repack is left").isZero();
    ground.requireWhole("without space");
    ground.prune(PruneGround.AT_ONCE);
    assertThat(unusedPercent(plan())).isLessThanOrEqualTo(5);
    ground.requireWhole("with space again");
  }

  @Test
  void manySmallIndexFiles_becomeOne() {
    SnapshotId old = ground.store(PruneGround.disk(99, 20));
    for (int i = 0; i < 12; i++) {
      ground.store(PruneGround.disk(i, 4));
    }
    ground.forget(old);
    assertThat(ground.files(FileType.INDEX)).hasSize(13);
    PruneOutcome outcome = ground.prune(PruneGround.AT_ONCE.withRepackSmallerThanBytes(0));
    assertThat(outcome.indexesRemoved()).isEqualTo(13);
    assertThat(ground.files(FileType.INDEX)).hasSize(1);
    ground.requireWhole("with one index");
  }

  @Test
  void lockedPacks_stay_andSaySo() {
    LockingBackend locking = new LockingBackend(new MemoryBackend());
    PruneGround bucket = new PruneGround(locking);
    locking.protectUntil(bucket.now.plus(Duration.ofDays(7)), () -> bucket.now);
    SnapshotId old = bucket.store(PruneGround.disk(1, 60));
    bucket.store(PruneGround.disk(2, 60));
    bucket.forget(old);
    long before = bucket.bytes(FileType.PACK);
    PruneOutcome outcome = bucket.prune(PruneGround.AT_ONCE);
    assertThat(outcome.plan().group(PackFate.LOCKED).bytes()).isGreaterThan(60 * 4096);
    assertThat(outcome.plan().lockedUntil()).contains(bucket.now.plus(Duration.ofDays(7)));
    assertThat(outcome.plan().bytesFreedNow()).isZero();
    assertThat(bucket.bytes(FileType.PACK)).isEqualTo(before);
    bucket.pass(Duration.ofDays(7));
    assertThat(bucket.prune(PruneOptions.DEFAULT).bytesDeleted()).isGreaterThan(60 * 4096);
    bucket.requireWhole("after the protection ended");
  }

  @Test
  void marks_thatAreDamaged_onlyMakeItWaitLonger() {
    ground.forget(ground.store(PruneGround.disk(1, 60)));
    ground.prune(PruneOptions.DEFAULT);
    damage(ground, new FileHandle(FileType.MARK, ground.files(FileType.MARK).iterator().next()));
    ground.pass(DAY);
    assertThat(ground.prune(PruneOptions.DEFAULT).packsDeleted()).isZero();
    ground.pass(DAY);
    assertThat(ground.prune(PruneOptions.DEFAULT).packsDeleted()).isPositive();
    assertThat(ground.files(FileType.MARK)).isEmpty();
    assertThat(ground.files(FileType.PACK)).isEmpty();
  }

  private PrunePlan plan() {
    return planned(PruneGround.AT_ONCE);
  }

  private PrunePlan planned(PruneOptions options) {
    return ground.open().prunePlan(options, PruneListener.SILENT);
  }

  static double unusedPercent(PrunePlan plan) {
    long unused = plan.bytesUnusedAfter() + plan.group(PackFate.REPACK).unusedBytes();
    long bytes = plan.kept().bytes() + plan.group(PackFate.REPACK).bytes();
    return 100.0 * unused / bytes;
  }

  private static void damage(PruneGround ground, FileHandle handle) {
    try {
      byte[] bytes = ground.backend.load(handle);
      for (int i = 0; i < bytes.length; i += 97) {
        bytes[i] ^= 4;
      }
      ground.delete(handle);
      ground.backend.save(handle, ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertCode(ThrowingCallable action, FailureCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
