package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Repository;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.MemoryBackend;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A plan takes no lock: whatever another prune takes away in the middle of it, before whichever of
/// its requests, it calls nothing damaged that is not (docs/decisions/0036).
class PlanBesidePruneTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final PruneOptions OPTIONS = PruneOptions.DEFAULT.withRepackBelowPercent(100);

  private final PruneGround ground = new PruneGround(new MemoryBackend());

  @Test
  void whileTheSecondPhaseDeletes_looksAgain() {
    byte[] disk = PruneGround.disk(1, 60);
    SnapshotId old = ground.store(disk);
    ground.store(PruneGround.changed(disk, 3, 30));
    ground.forget(old);
    ground.forget(ground.store(PruneGround.disk(2, 60)));
    ground.prune(OPTIONS);
    ground.pass(DAY);
    int at = 0;
    while (plannedWhilePruned(at)) {
      at++;
    }
    assertThat(at).as("moments").isGreaterThan(5);
  }

  /// A plan for a copy; right before its operation of that number, another prune runs. Whether
  /// there is an operation of that number.
  private boolean plannedWhilePruned(int moment) {
    PruneGround here = ground.copy();
    FaultyBackend hooked = new FaultyBackend(here.backend);
    Repository repository = here.open(hooked);
    AtomicInteger seen = new AtomicInteger();
    hooked.add((at, handle, number) -> {
      if (seen.getAndIncrement() == moment) {
        here.prune(OPTIONS);
      }
    });
    assertThat(repository.prunePlan(OPTIONS, PruneListener.SILENT).snapshots())
        .as("before operation " + moment)
        .isEqualTo(1);
    return seen.get() > moment;
  }
}
