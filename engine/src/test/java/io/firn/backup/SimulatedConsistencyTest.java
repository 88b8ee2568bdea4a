package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.cluster.Access;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterIdentity;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.MoverJobs;
import io.firn.cluster.Quiesce;
import io.firn.cluster.VolumeSnapshots;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.repository.Node;
import io.firn.simulator.faults.Fault;
import io.firn.simulator.guest.JournalCheck;
import io.firn.simulator.guest.JournalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The proof that freezing is worth something, and that this test would notice if it were not: a
/// guest commits each record to one disk, then to the other, while snapshots of the two are cut at
/// different times. What the point holds is then judged by the guest's own journal check.
final class SimulatedConsistencyTest {
  private static final int SEEDS = 4;

  @TempDir private static Path folder;
  private static SimulatedShop shop;
  private static ObjectRef vm;

  @BeforeAll
  static void start() {
    shop = new SimulatedShop(folder, 11);
    vm = shop.runningMachine("ledger");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void calm() {
    shop.simulator.faults().clear();
  }

  @Test
  void frozenGuest_snapshotsAtDifferentTimes_areNeverTorn() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      JournalReport journal = backUp(shop.cluster, seed);

      assertThat(journal.consistent()).as("seed %d: %s", seed, journal.explanation()).isTrue();
      assertThat(journal.recordsFirst()).isPositive();
    }
  }

  @Test
  void freezeSwitchedOff_snapshotsAtDifferentTimes_areTornForSomeSeeds() throws IOException {
    List<String> torn = new ArrayList<>();
    try (Cluster pretending = new WithoutFreeze(shop.cluster)) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        JournalReport journal = backUp(pretending, seed);
        if (!journal.consistent()) {
          torn.add("seed " + seed + ": " + journal.explanation());
        }
      }
    }
    assertThat(torn).isNotEmpty();
  }

  private static JournalReport backUp(Cluster cluster, int seed) throws IOException {
    // The second disk is cut later, by a time that the seed chooses.
    Duration later = Duration.ofMillis(50 + new Random(seed).nextInt(250));
    shop.simulator.faults().clear();
    shop.simulator
        .faults()
        .add(new Fault.SlowSnapshot("ledger", "data", later, Duration.ZERO, Fault.ALWAYS));
    BackupReport report = shop.runOn(cluster, shop.plan(vm));
    assertThat(report.points().getFirst().machines().getFirst().level())
        .isEqualTo(ConsistencyLevel.FILESYSTEM);
    return journal();
  }

  private static JournalReport journal() throws IOException {
    PointSummary point = shop.points("ledger").getLast();
    try (PointReader reader = PointReader.open(shop.vault, point)) {
      List<Path> images = new ArrayList<>();
      for (String claim : List.of("root", "data")) {
        Node disk = reader.disk(claim).orElseThrow();
        Path image = folder.resolve(point.name() + "-" + claim);
        images.add(Files.write(image, reader.reader().readFile(disk)));
      }
      return JournalCheck.of(images);
    }
  }

  /// Says Frozen and Thawed, and does neither.
  private record WithoutFreeze(Cluster inner) implements Cluster {
    @Override
    public Access access() {
      return inner.access();
    }

    @Override
    public Quiesce quiesce() {
      return new Quiesce() {
        @Override
        public FreezeOutcome freeze(ObjectRef instance, Duration unfreezeTimeout) {
          return new FreezeOutcome.Frozen();
        }

        @Override
        public ThawOutcome thaw(ObjectRef instance) {
          return new ThawOutcome.Thawed();
        }
      };
    }

    @Override
    public ClusterIdentity identity() {
      return inner.identity();
    }

    @Override
    public String kubernetesVersion() {
      return inner.kubernetesVersion();
    }

    @Override
    public String defaultNamespace() {
      return inner.defaultNamespace();
    }

    @Override
    public ClusterObjects objects() {
      return inner.objects();
    }

    @Override
    public VolumeSnapshots volumeSnapshots() {
      return inner.volumeSnapshots();
    }

    @Override
    public MoverJobs moverJobs() {
      return inner.moverJobs();
    }

    @Override
    public void close() {}
  }
}
