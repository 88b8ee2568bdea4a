package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Repository;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.repository.check.CheckReport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A check takes no lock (docs/decisions/0036): whatever a prune takes away in the middle of it,
/// before whichever of its requests, it calls nothing damaged that is not.
class CheckBesidePruneTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final PruneOptions OPTIONS = PruneOptions.DEFAULT.withRepackBelowPercent(100);

  private final PruneGround ground = new PruneGround(new MemoryBackend());
  private final byte[] disk = PruneGround.disk(1, 60);
  private final byte[] dead = PruneGround.disk(2, 60);

  @ParameterizedTest
  @EnumSource(CheckDepth.class)
  void whileTheSecondPhaseDeletes_looksAgain(CheckDepth depth) {
    beforeTheSecondPhase();
    int at = 0;
    while (checkedWhile(depth, at, here -> here.prune(OPTIONS))) {
      at++;
    }
    assertThat(at).as("moments").isGreaterThan(10);
  }

  @Test
  void whileAllIsPrunedAtOnce_looksAgain() {
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 3, 30));
    int at = 0;
    while (checkedWhile(
        CheckDepth.DATA,
        at,
        here -> {
          here.forget(old);
          here.prune(PruneGround.AT_ONCE);
        })) {
      at++;
    }
    assertThat(at).as("moments").isGreaterThan(10);
  }

  /// Damage is damage, however often the index is replaced.
  @Test
  void whileAPackIsTakenAndTheSecondPhaseDeletes_namesIt() {
    beforeTheSecondPhase();
    FaultyBackend hooked = new FaultyBackend(ground.backend);
    AtomicInteger seen = new AtomicInteger();
    hooked.add((at, handle, number) -> {
      if (handle.type() == FileType.SNAPSHOT && seen.getAndIncrement() == 0) {
        ground.prune(OPTIONS);
        ground.delete(new FileHandle(FileType.PACK, taken()));
      }
    });
    CheckReport report = ground.open(hooked).check(CheckDepth.STRUCTURE, CheckListener.SILENT);
    assertThat(report.damages()).anyMatch(damage -> damage.reason().equals("it is missing"));
    assertThat(report.hurtFiles()).isNotEmpty();
  }

  private String taken() {
    return ground.files(FileType.PACK).stream().sorted().findFirst().orElseThrow();
  }

  /// Packs that are dead, and packs that were written anew, all of them due.
  private void beforeTheSecondPhase() {
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 3, 30));
    ground.forget(old);
    ground.forget(ground.store(dead));
    ground.prune(OPTIONS);
    ground.pass(DAY);
  }

  /// A check of a copy; right before its operation of that number, somebody does something. Whether
  /// there is an operation of that number.
  private boolean checkedWhile(CheckDepth depth, int moment, Consumer<PruneGround> action) {
    PruneGround here = ground.copy();
    FaultyBackend hooked = new FaultyBackend(here.backend);
    Repository repository = here.open(hooked);
    AtomicInteger seen = new AtomicInteger();
    hooked.add((at, handle, number) -> {
      if (seen.getAndIncrement() == moment) {
        action.accept(here);
      }
    });
    CheckReport report = repository.check(depth, CheckListener.SILENT);
    assertThat(report.damages()).as("before operation " + moment).isEmpty();
    here.requireWhole("after a check beside a prune");
    return seen.get() > moment;
  }
}
