package io.firn.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The proof that backups are measured with: it must be able to say "torn".
class CaptureConsistencyTest {
  private static final int SEEDS = 6;
  private static final Duration GAP = Duration.ofMillis(20);

  @TempDir Path folder;

  @Test
  void frozenGuest_disksCopiedOneAfterTheOther_areNeverTorn() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (GuestBench bench = new GuestBench(folder.resolve("s" + seed), 2000)) {
        bench.newVolumes();
        Guest guest = bench.boot(seed, "root", "data");
        bench.awaitRecords(10 + seed * 7L);

        guest.freeze();
        JournalReport report = bench.captureBoth("frozen", GAP);
        guest.thaw();
        guest.close();

        assertThat(report.consistent()).as(report.explanation()).isTrue();
        assertThat(report.recordsSecond()).isGreaterThanOrEqualTo(10);
      }
    }
  }

  @Test
  void runningGuest_disksCopiedOneAfterTheOther_areTorn() throws Exception {
    List<String> torn = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      try (GuestBench bench = new GuestBench(folder.resolve("s" + seed), 2000)) {
        bench.newVolumes();
        Guest guest = bench.boot(seed, "root", "data");
        bench.awaitRecords(10);
        JournalReport report = bench.captureBoth("running", GAP);
        guest.close();
        if (!report.consistent()) {
          torn.add(report.explanation());
        }
      }
    }
    assertThat(torn).isNotEmpty().anyMatch(text -> text.matches("disk 2 has record \\d+ but .*"));
  }

  /// A stopped processor holds the disks still without flushing: both copies are of one instant.
  @Test
  void pausedGuest_copiesOfOneInstant_areConsistent() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (GuestBench bench = new GuestBench(folder.resolve("s" + seed), 2000)) {
        bench.newVolumes();
        Guest guest = bench.boot(seed, "root", "data");
        bench.awaitRecords(5 + seed);
        for (int i = 0; i < 5; i++) {
          guest.pause();
          JournalReport report = bench.captureBoth("paused" + i, GAP);
          guest.unpause();
          bench.awaitRecords(3);
          assertThat(report.consistent()).as(report.explanation()).isTrue();
        }
        guest.close();
      }
    }
  }

  @Test
  void powerCut_atAnyMoment_leavesAConsistentJournalThatGoesOn() throws Exception {
    try (GuestBench bench = new GuestBench(folder, 2000)) {
      bench.newVolumes();
      for (int seed = 0; seed < 4 * SEEDS; seed++) {
        Guest guest = bench.boot(seed, "root", "data");
        assertThat(guest.console())
            .anyMatch(line -> line.matches("journal: consistent, \\d+ records"));
        bench.awaitRecords(3 + seed % 5);
        guest.close();
        JournalReport report = bench.checkLive();
        assertThat(report.consistent()).as(report.explanation()).isTrue();
      }
    }
  }
}
