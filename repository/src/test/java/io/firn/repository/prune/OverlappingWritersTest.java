package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.RepositoryWriter;
import io.firn.repository.TestRepositories;
import io.firn.repository.TreeId;
import io.firn.repository.backend.MemoryBackend;
import io.firn.repository.lock.LockTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A day of writers that overlap without a gap, and a prune every half hour: what is dead goes all
/// the same, and every point is whole (docs/decisions/0037).
class OverlappingWritersTest {
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int STEPS = 288;
  private static final int PRUNE_EVERY = 6;
  private static final int LONGEST = 12;
  private static final PruneOptions OPTIONS =
      PruneOptions.DEFAULT.withRepackBelowPercent(100).withGrace(Duration.ofMinutes(30));

  private final PruneGround ground = new PruneGround(new MemoryBackend());
  private final Refreshing timer = new Refreshing();
  private final List<Work> works = new ArrayList<>();
  private int refused;
  private int deleted;

  /// A writer at work on a disk, until a step.
  private record Work(RepositoryWriter writer, int content, TreeId root, int end) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void chainWithoutAGap_doesNotPutTheSecondPhaseOffForEver(long seed) {
    Random random = new Random(seed);
    byte[] kept = PruneGround.disk(100, 20);
    ground.store(kept);
    ground.forget(ground.store(PruneGround.disk(0, 20)));
    ground.forget(ground.store(PruneGround.disk(1, 20)));
    int putOffInARow = 0;
    for (int step = 0; step < STEPS; step++) {
      begin(step, random);
      end(step, random);
      assertThat(works).as("no gap").isNotEmpty();
      if (step % PRUNE_EVERY == 0) {
        PruneOutcome outcome = ground.prune(OPTIONS);
        deleted += (int) outcome.packsDeleted();
        putOffInARow = outcome.postponed().isPresent() ? putOffInARow + 1 : 0;
        assertThat(putOffInARow).as("at step " + step).isLessThanOrEqualTo(LONGEST / PRUNE_EVERY);
      }
      ground.pass(STEP);
      timer.tick();
    }
    works.forEach(work -> work.writer().close());
    assertThat(deleted).isGreaterThan(10);
    assertThat(refused).as("points that counted on what was dead").isPositive();
    ground.requireWhole("after a day");
  }

  private void begin(int step, Random random) {
    if (works.size() < 2 || (works.size() < 4 && random.nextInt(3) == 0)) {
      RepositoryWriter writer = ground.open(timer).writer();
      int content = random.nextInt(6);
      TreeId root = ground.write(writer, PruneGround.disk(content, 20));
      int end = step + 2 + random.nextInt(LONGEST - 2);
      works.add(new Work(writer, content, root, end));
      writer.flush();
    }
  }

  /// Makes the points that are due, and forgets some.
  private void end(int step, Random random) {
    for (Work work : works.stream().filter(work -> work.end() <= step).toList()) {
      if (works.size() == 1) {
        return;
      }
      works.remove(work);
      try (RepositoryWriter writer = work.writer()) {
        ground.points.put(
            writer.writeSnapshot(TestRepositories.snapshot(work.root())),
            PruneGround.disk(work.content(), 20));
      } catch (RepositoryException e) {
        assertThat(e.code()).isEqualTo(FailureCode.PRUNED);
        refused++;
      }
      while (ground.points.size() > 3) {
        ground.forget(
            ground.points.keySet().stream().skip(random.nextInt(3)).findFirst().orElseThrow());
      }
    }
  }

  /// Refreshes all locks when told to; never waits.
  private static final class Refreshing implements LockTimer {
    private final List<Runnable> actions = new ArrayList<>();

    @Override
    public void pause(Duration duration) {}

    @Override
    public Running every(Duration period, Runnable action) {
      actions.add(action);
      return () -> actions.remove(action);
    }

    void tick() {
      List.copyOf(actions).forEach(Runnable::run);
    }
  }
}
