package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.SnapshotId;
import io.firn.repository.TestRepositories;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.LocalBackend;
import io.firn.repository.interop.Restic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stock restic before, beside and after a prune.
class PruneAndResticTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final PruneOptions OPTIONS = PruneOptions.DEFAULT.withRepackBelowPercent(100);

  @TempDir private Path folder = Path.of("");
  private PruneGround ground = new PruneGround(new io.firn.repository.backend.MemoryBackend());
  private Restic restic = new Restic(folder, folder, "");

  @BeforeEach
  void begin() {
    Restic.require();
    Path where = folder.resolve("repo");
    ground = new PruneGround(new LocalBackend(where));
    restic = new Restic(where, folder, TestRepositories.PASSWORD);
    byte[] disk = PruneGround.disk(1, 100);
    SnapshotId old = ground.store(disk);
    SnapshotId dead = ground.store(PruneGround.disk(3, 30));
    ground.store(PruneGround.changed(disk, 2, 40));
    ground.killWriter(PruneGround.disk(4, 40));
    ground.forget(old);
    ground.forget(dead);
  }

  @Test
  void check_afterEachPhase_isClean() {
    ground.prune(OPTIONS);
    assertThat(ground.files(FileType.MARK)).hasSize(1);
    requireClean();
    ground.pass(DAY);
    ground.prune(OPTIONS);
    requireClean();
    assertThat(restic.run("prune", "--dry-run", "--max-unused", "0"))
        .as("nothing is left in no index")
        .doesNotContain("unreferenced packs: ");
    ground.requireWhole("after both phases");
  }

  @Test
  void check_afterSmallPacksWereMerged_isClean() {
    for (int i = 0; i < 12; i++) {
      ground.store(PruneGround.disk(200 + i, 2));
    }
    PruneOptions merging = OPTIONS.withRepackSmallerThanBytes(20_000);
    assertThat(ground.prune(merging).plan().group(PackFate.MERGE).packs()).isGreaterThan(20);
    requireClean();
    ground.pass(DAY);
    ground.prune(merging);
    requireClean();
    ground.requireWhole("after both phases");
  }

  @Test
  void resticPrune_overOurMarks_andOursOverIts() throws Exception {
    ground.prune(OPTIONS);
    restic.run("prune", "--max-unused", "0");
    requireClean();
    assertThat(ground.files(FileType.MARK)).as("restic leaves them alone").hasSize(1);
    Path file = Files.writeString(folder.resolve("file"), "hello");
    restic.run("backup", file.toString());
    ground.pass(DAY);
    PruneOutcome outcome = ground.prune(OPTIONS);
    assertThat(outcome.plan().snapshots()).isEqualTo(2);
    assertThat(ground.files(FileType.MARK)).isEmpty();
    requireClean();
    assertThat(restic.run("dump", "latest", file.toString())).isEqualTo("hello");
  }

  @Test
  void resticBackup_duringTheFirstPhase_runs_andCheckWantsToBeAlone() throws Exception {
    Path file = folder.resolve("file");
    Files.write(file, "hello".getBytes(StandardCharsets.UTF_8));
    during(
        Operation.SAVE,
        FileType.MARK,
        () -> {
          restic.run("backup", file.toString());
          assertThat(restic.attempt("check").errors()).contains("already locked");
          assertThat(restic.attempt("prune").errors()).contains("already locked");
        });
    ground.pass(DAY);
    ground.prune(OPTIONS);
    requireClean();
    assertThat(restic.run("dump", "latest", file.toString())).isEqualTo("hello");
  }

  @Test
  void resticBackup_duringTheSecondPhase_isLockedOut_untilPacksAreDeleted() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "hello");
    ground.prune(OPTIONS);
    ground.pass(DAY);
    during(
        Operation.SAVE,
        FileType.INDEX,
        () ->
            assertThat(restic.attempt("backup", file.toString()).errors())
                .contains("already locked exclusively"));
    requireClean();
    ground.forget(ground.points.keySet().iterator().next());
    during(
        PruneGround.AT_ONCE,
        Operation.DELETE,
        FileType.PACK,
        () -> assertThat(restic.attempt("rebuild-index").errors()).contains("already locked"));
    requireClean();
  }

  private void requireClean() {
    assertThat(restic.run("check", "--read-data")).contains("no errors were found");
  }

  private void during(Operation operation, FileType type, Runnable action) {
    during(OPTIONS, operation, type, action);
  }

  private void during(PruneOptions options, Operation operation, FileType type, Runnable action) {
    FaultyBackend hooked = new FaultyBackend(ground.backend);
    AtomicInteger seen = new AtomicInteger();
    hooked.add((at, handle, number) -> {
      if (at == operation && handle.type() == type && seen.getAndIncrement() == 0) {
        action.run();
      }
    });
    ground.open(hooked).prune(options, PruneListener.SILENT);
    assertThat(seen.get()).as("restic had its turn").isPositive();
  }
}
