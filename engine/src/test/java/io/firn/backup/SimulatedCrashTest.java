package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.doctor.CureReport;
import io.firn.doctor.Doctor;
import io.firn.doctor.DoctorReport;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.Domain;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.repository.Repository;
import io.firn.repository.check.CheckDepth;
import io.firn.repository.check.CheckListener;
import io.firn.run.RunMarks;
import io.firn.simulator.guest.Guest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `firn backup` killed with SIGKILL at any step: what it leaves is found and removed, by the
/// doctor or by the next run, and the vault is whole.
final class SimulatedCrashTest {
  @TempDir private static Path folder;
  private static SimulatedShop shop;
  private static ObjectRef vm;

  @BeforeAll
  static void start() {
    shop = new SimulatedShop(folder, 3);
    vm = shop.runningMachine("crash");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = BackupListener.Step.class,
      names = {"FREEZE", "SNAPSHOT", "THAW", "EXPORT", "SEAL"})
  void run_killedAtAStep_isCleanedUpByTheNextOne(BackupListener.Step step) throws IOException {
    killAt(step, new Random(step.name().hashCode()).nextInt(40));

    BackupReport next = shop.backUp(vm);

    assertThat(next.points().getFirst().volumes()).hasSize(2);
    assertThat(shop.temporary("crash")).isEmpty();
    assertThat(guest()).satisfies(guest -> assertThat(guest.frozen()).isFalse());
    assertVaultWhole();
  }

  @Test
  void run_killedWhileFrozen_isSeenByTheDoctorWhoThawsAndRemoves() throws IOException {
    killAt(BackupListener.Step.SNAPSHOT, 0);
    Doctor doctor = new Doctor(shop.cluster, InstantSource.system());

    DoctorReport found = doctor.examine("crash");
    CureReport tidied = doctor.tidy("crash");
    CureReport cure = doctor.cure(found);

    assertThat(found.healthy()).isFalse();
    assertThat(found.leftovers()).allSatisfy(l -> assertThat(l.why()).contains("has ended"));
    assertThat(tidied.failed()).isEmpty();
    assertThat(cure.failed()).isEmpty();
    assertThat(guest()).satisfies(guest -> assertThat(guest.frozen()).isFalse());
    assertThat(shop.temporary("crash")).isEmpty();
    assertThat(doctor.examine("crash").leftovers()).isEmpty();
    awaitNoSnapshots();
  }

  /// Their controller lets go of them by and by.
  private static void awaitNoSnapshots() {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    List<?> left = List.of("not looked yet");
    while (!left.isEmpty() && System.nanoTime() < end) {
      left = shop.cluster.objects().list(Kinds.VOLUME_SNAPSHOT, "crash", RunMarks.SELECTOR);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(left).isEmpty();
  }

  /// Runs a backup and kills it so many milliseconds after the step has begun.
  private static void killAt(BackupListener.Step step, int afterMillis) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.firn.backup.BackupMain",
                shop.simulator.kubeconfig().toString(),
                folder.resolve("vault").toString(),
                "crash",
                "db")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      List<String> said = out.lines().takeWhile(line -> !line.equals(step.name())).toList();
      assertThat(said).as("steps before " + step).doesNotContain("DONE");
      LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
    } finally {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  private static void assertVaultWhole() {
    try (Repository repository = shop.vault.openDomain(new Domain("crash"))) {
      assertThat(repository.check(CheckDepth.DATA, CheckListener.SILENT).sound()).isTrue();
    }
    for (PointSummary point : shop.points("crash")) {
      try (PointReader reader = PointReader.open(shop.vault, point)) {
        assertThat(reader.manifest().volumes())
            .allSatisfy(volume -> assertThat(reader.disk(volume.claim())).isPresent());
      }
    }
  }

  private static Guest guest() {
    return shop.simulator.guest("crash", "db").orElseThrow();
  }
}
