package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firn.backup.BackupReport.MachineReport;
import io.firn.backup.BackupReport.VolumeReport;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Manifest;
import io.firn.point.PointReader;
import io.firn.simulator.api.RequestFaults.Verdict;
import io.firn.simulator.faults.ClusterFaults;
import io.firn.simulator.faults.Fault;
import io.firn.simulator.guest.Guest.AgentException;
import io.firn.simulator.kubelet.ProcessFaults.ProcessFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of machines that run and write, through a real API, with movers as processes. Each test
/// has a namespace of its own.
final class SimulatedBackupTest {
  @TempDir private static Path folder;
  private static SimulatedShop shop;

  @BeforeAll
  static void start() {
    shop = new SimulatedShop(folder, 7);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @AfterEach
  void calm() {
    shop.simulator.faults().clear();
  }

  @Test
  void runningMachine_backedUpTwice_makesTwoPointsAndLeavesNothingBehind() {
    ObjectRef vm = shop.runningMachine("first");

    BackupReport first = shop.backUp(vm);
    BackupReport second = shop.backUp(vm);

    assertThat(first.losses()).isEmpty();
    MachineReport machine = first.points().getFirst().machines().getFirst();
    assertThat(machine.level()).isEqualTo(ConsistencyLevel.FILESYSTEM);
    assertThat(machine.freezeMillis()).isPositive();
    assertThat(sum(first)).isPositive();
    assertThat(sum(second)).as("the guest goes on writing").isPositive();
    assertThat(shop.points("first")).hasSize(2);
    assertThat(shop.temporary("first")).isEmpty();
    try (PointReader reader = PointReader.open(shop.vault, shop.points("first").getFirst())) {
      Manifest.MachineFacts facts = reader.manifest().machines().getFirst();
      assertThat(facts.effectiveFirmwareUuid()).isPresent();
      assertThat(reader.manifest().volumes())
          .allSatisfy(volume -> assertThat(volume.snapshotHandle()).isPresent())
          .allSatisfy(volume -> assertThat(volume.digest()).hasSize(64));
    }
  }

  @Test
  void machineWithoutAgent_backedUp_isCrashConsistentAndSaysSo() {
    shop.namespace("legacy");
    shop.claim("legacy", "root");
    ObjectRef vm = shop.machine("legacy", "old", "Always", false, "root");
    shop.await(
        io.firn.graph.Kinds.INSTANCE,
        "legacy",
        "old",
        vmi -> vmi.at("/status/phase").asText().equals("Running"));

    BackupReport report = shop.backUp(vm);

    assertThat(report.points().getFirst().machines().getFirst().level())
        .isEqualTo(ConsistencyLevel.CRASH);
    assertThat(report.losses()).anySatisfy(loss -> assertThat(loss).contains("no guest agent"));
  }

  @Test
  void stoppedMachine_backedUp_isConsistentWithoutAFreeze() {
    shop.namespace("stopped");
    shop.claim("stopped", "root");
    ObjectRef vm = shop.machine("stopped", "web", "Halted", true, "root");

    BackupReport report = shop.backUp(vm);

    MachineReport machine = report.points().getFirst().machines().getFirst();
    assertThat(machine.level()).isEqualTo(ConsistencyLevel.FILESYSTEM);
    assertThat(machine.freezeMillis()).isZero();
  }

  @Test
  void stoppedMachine_backedUpAgain_bringsOnlyTheBlocksThatChanged() throws IOException {
    shop.namespace("still");
    shop.claim("still", "root");
    ObjectRef vm = shop.machine("still", "web", "Halted", true, "root");
    byte[] data = new byte[4 << 20];
    new Random(5).nextBytes(data);
    shop.write("still", "root", 1 << 20, data);
    BackupReport first = shop.backUp(vm);
    shop.write("still", "root", 2 << 20, new byte[] {1, 2, 3});
    BackupReport second = shop.backUp(vm);
    BackupReport third = shop.backUp(vm);

    assertThat(sum(first)).isEqualTo(data.length);
    try (PointReader reader = PointReader.open(shop.vault, shop.points("still").getFirst())) {
      assertThat(sum(second)).isEqualTo(reader.manifest().volumes().getFirst().blockSizeBytes());
    }
    assertThat(sum(third)).isZero();
  }

  @Test
  void guestEndsItsFreezeEarly_backedUp_isCalledCrashConsistent() {
    ObjectRef vm = shop.runningMachine("vss");
    shop.simulator.faults().add(new Fault.FreezeLimit("vss", "db", Duration.ofMillis(100)));
    shop.simulator
        .faults()
        .add(
            new Fault.SlowSnapshot(
                "vss", "data", Duration.ofMillis(600), Duration.ZERO, Fault.ALWAYS));

    BackupReport report = shop.backUp(vm);

    MachineReport machine = report.points().getFirst().machines().getFirst();
    assertThat(machine.level()).isEqualTo(ConsistencyLevel.CRASH);
    assertThat(machine.reason()).contains("thawed by itself");
  }

  @Test
  void mover_killedOnce_isTriedAgainAndThePointIsWhole() {
    ObjectRef vm = shop.runningMachine("killed");
    shop.simulator
        .faults()
        .add(new Fault.PodProcess("killed", "firn-*", new ProcessFault.Kill(0), 1));

    BackupReport report = shop.backUp(vm);

    assertThat(report.points().getFirst().volumes()).hasSize(2);
    assertThat(shop.temporary("killed")).isEmpty();
  }

  @Test
  void mover_lockedOutOnce_isTriedAgainAndThePointIsWhole() {
    ObjectRef vm = shop.runningMachine("late");

    BackupReport report = shop.backUpWith("late:test", vm);

    assertThat(report.points().getFirst().volumes()).hasSize(2);
    assertThat(shop.podsOfJobs("late")).isEqualTo(3);
  }

  @Test
  void moverPod_evictedOnce_isTriedAgainAndThePointIsWhole() {
    ObjectRef vm = shop.runningMachine("evicted");
    shop.simulator
        .faults()
        .add(new Fault.PodProcess("evicted", "firn-*", new ProcessFault.Evict(0), 1));

    BackupReport report = shop.backUp(vm);

    assertThat(report.points().getFirst().volumes()).hasSize(2);
    assertThat(shop.temporary("evicted")).isEmpty();
  }

  @Test
  void mover_outOfMemoryEachTime_isReportedAndNothingStays() {
    ObjectRef vm = shop.runningMachine("oom");
    shop.simulator
        .faults()
        .add(new Fault.PodProcess("oom", "firn-*", new ProcessFault.OutOfMemory(0), Fault.ALWAYS));

    FirnException e = catchThrowableOfType(FirnException.class, () -> shop.backUp(vm));

    assertThat(e.failure().code()).isEqualTo(FailureCode.MOVER_FAILED);
    assertThat(e.failure().summary()).contains("OOMKilled");
    assertThat(shop.points("oom")).isEmpty();
    assertThat(shop.temporary("oom")).isEmpty();
    assertThat(shop.simulator.guest("oom", "db").orElseThrow())
        .satisfies(guest -> assertThat(guest.frozen()).isFalse());
  }

  @Test
  void apiServer_failingNowAndThen_isOutlastedWithoutDoingAnythingTwice() {
    ObjectRef vm = shop.runningMachine("shaky");
    BackupPlan plan = shop.plan(vm);
    ClusterFaults faults = shop.simulator.faults();
    faults.add(new Fault.Request("POST", "/volumesnapshots", new Verdict.Cut(true), 2));
    faults.add(new Fault.Request("POST", "/jobs", new Verdict.Refuse(500, "oops", 0), 1));
    faults.add(new Fault.Request("GET", "/jobs", new Verdict.Refuse(429, "slower", 1), 2));
    faults.add(new Fault.Request("PUT", "/unfreeze", new Verdict.Refuse(503, "busy", 0), 1));
    faults.add(new Fault.Request("DELETE", "/secrets", new Verdict.Cut(true), 1));

    BackupReport report = shop.run(plan);

    assertThat(faults.exhausted()).isTrue();
    assertThat(report.losses()).isEmpty();
    assertThat(report.points().getFirst().volumes()).hasSize(2);
    assertThat(shop.temporary("shaky")).isEmpty();
  }

  @Test
  void freezeAnswer_lost_countsAsNotFrozenAndTheGuestIsThawed() throws AgentException {
    ObjectRef vm = shop.runningMachine("lost");
    shop.simulator
        .faults()
        .add(new Fault.Request("PUT", "/freeze", new Verdict.Cut(true), Fault.ALWAYS));

    BackupReport report = shop.backUp(vm);

    assertThat(report.points().getFirst().machines().getFirst().level())
        .isEqualTo(ConsistencyLevel.CRASH);
    assertThat(shop.simulator.guest("lost", "db").orElseThrow().frozen()).isFalse();
  }

  private static long sum(BackupReport report) {
    return report.points().stream()
        .flatMap(point -> point.volumes().stream())
        .mapToLong(VolumeReport::bytesNew)
        .sum();
  }
}
