package io.firn.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.Repository;
import io.firn.repository.RepositoryException;
import io.firn.repository.SnapshotId;
import io.firn.repository.backend.FaultyBackend;
import io.firn.repository.backend.FaultyBackend.Operation;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.MemoryBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Stops a prune at each of its operations in turn, before it and after it, and looks at what is
/// left; and prunes random repositories with random options.
class PruneFaultsTest {
  private static final Duration DAY = Duration.ofHours(24);

  @Test
  void atOnce_cutAtAnyOperation_leavesAllWhole_andTheNextFinishes() {
    cutEverywhere(withScatteredDeath(), PruneGround.AT_ONCE);
  }

  @Test
  void firstPhase_cutAtAnyOperation_leavesAllWhole_andTheNextFinishes() {
    cutEverywhere(
        withScatteredDeath(), PruneOptions.DEFAULT.withRepackBelowPercent(100).withGrace(DAY));
  }

  @Test
  void secondPhase_cutAtAnyOperation_leavesAllWhole_andTheNextFinishes() {
    PruneGround ground = withScatteredDeath();
    PruneOptions options = PruneOptions.DEFAULT.withRepackBelowPercent(100);
    ground.prune(options);
    ground.pass(DAY);
    cutEverywhere(ground, options);
  }

  @Test
  void randomDisks_prunedAnyhow_keepEveryPoint_andEndBelowTheLimit() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      PruneGround ground = new PruneGround(new MemoryBackend());
      byte[] disk = PruneGround.disk(seed, 40 + random.nextInt(80));
      for (int round = 0; round < 8; round++) {
        disk = PruneGround.changed(disk, random.nextLong(), random.nextInt(30));
        ground.store(disk);
        if (random.nextInt(4) == 0) {
          ground.killWriter(PruneGround.disk(random.nextLong(), 30));
        }
        forgetSome(ground, random);
        PruneOptions options =
            new PruneOptions(
                Duration.ofHours(random.nextInt(3) * 12L),
                random.nextInt(3) * 10,
                random.nextInt(3) == 0 ? 100_000 : Long.MAX_VALUE,
                50 + random.nextInt(51),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(20_000));
        ground.prune(options);
        ground.pass(Duration.ofHours(random.nextInt(20)));
        ground.requireWhole("seed " + seed + " round " + round + " " + options);
      }
      ground.prune(PruneGround.AT_ONCE);
      PrunePlan rest = ground.open().prunePlan(PruneGround.AT_ONCE, PruneListener.SILENT);
      assertThat(rest.packs()).as("seed " + seed).isEmpty();
      assertThat(PruneTest.unusedPercent(rest)).as("seed " + seed).isLessThanOrEqualTo(5);
      ground.requireWhole("seed " + seed);
    }
  }

  private static void forgetSome(PruneGround ground, Random random) {
    for (SnapshotId point : List.copyOf(ground.points.keySet())) {
      if (ground.points.size() > 1 && random.nextInt(3) == 0) {
        ground.forget(point);
      }
    }
  }

  private static PruneGround withScatteredDeath() {
    PruneGround ground = new PruneGround(new MemoryBackend());
    byte[] disk = PruneGround.disk(1, 32);
    SnapshotId old = ground.store(disk);
    SnapshotId dead = ground.store(PruneGround.disk(3, 8));
    ground.store(PruneGround.changed(disk, 2, 12));
    ground.killWriter(PruneGround.disk(4, 17));
    ground.forget(old);
    ground.forget(dead);
    return ground;
  }

  private static void cutEverywhere(PruneGround original, PruneOptions options) {
    List<Operation> operations = operations(original.copy(), options);
    assertThat(operations).contains(Operation.DELETE).hasSizeGreaterThan(20);
    for (int cut = 0; cut < operations.size(); cut++) {
      boolean deletes = operations.get(cut) == Operation.DELETE;
      for (boolean done : deletes ? new boolean[] {false, true} : new boolean[] {false}) {
        PruneGround ground = original.copy();
        String when = "cut at " + cut + (done ? ", which was done" : "");
        runUntil(ground, options, cut, done);
        ground.requireWhole(when);
        ground.open().locks().removeAll();
        ground.prune(options);
        ground.pass(DAY);
        ground.prune(options);
        ground.pass(DAY);
        ground.prune(options);
        ground.requireWhole(when + ", and finished");
        assertThat(ground.files(FileType.MARK)).as(when).isEmpty();
        PrunePlan rest = ground.open().prunePlan(PruneGround.AT_ONCE, PruneListener.SILENT);
        assertThat(rest.packs()).as(when).isEmpty();
      }
    }
  }

  private static List<Operation> operations(PruneGround ground, PruneOptions options) {
    FaultyBackend counting = new FaultyBackend(ground.backend);
    List<Operation> operations = new CopyOnWriteArrayList<>();
    Repository repository = ground.open(counting);
    counting.add((operation, handle, number) -> operations.add(operation));
    repository.prune(options, PruneListener.SILENT);
    return operations;
  }

  /// From the operation of that number on, nothing reaches the storage any more; the operation
  /// itself may have done its work before its answer was lost.
  private static void runUntil(PruneGround ground, PruneOptions options, int cut, boolean done) {
    FaultyBackend faulty = new FaultyBackend(ground.backend);
    Repository repository = ground.open(faulty);
    AtomicInteger operations = new AtomicInteger();
    faulty.add((operation, handle, number) -> {
      int at = operations.getAndIncrement();
      if (at >= cut) {
        if (at == cut && done && operation == Operation.DELETE) {
          ground.backend.delete(handle);
        }
        throw new IOException("the cable is cut");
      }
    });
    List<RepositoryException> failures = new ArrayList<>();
    try {
      repository.prune(options, PruneListener.SILENT);
    } catch (RepositoryException e) {
      failures.add(e);
    }
    assertThat(failures.size()).as("a run may end before the cut").isLessThan(2);
  }
}
