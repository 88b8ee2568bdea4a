package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.backup.BackupReport.MachineReport;
import io.firn.cluster.ClusterException;
import io.firn.cluster.MoverJobs;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.Quiesce.FreezeOutcome;
import io.firn.cluster.Quiesce.ThawOutcome;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.fake.Yaml;
import io.firn.point.ConsistencyLevel;
import io.firn.point.PointName;
import io.firn.repository.Compression;
import io.firn.run.MachineLock;
import io.firn.run.RunMarks;
import io.firn.run.RunOwner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever goes wrong: nobody stays frozen, nothing temporary stays, no half point is made, and
/// the report or failure names the cause.
final class BackupFaultsTest {
  @TempDir private Path folder;
  private BackupTesting testing;

  @BeforeEach
  void begin() {
    testing = new BackupTesting(folder);
    testing.cluster.machine("db", true, "root", "data");
  }

  @AfterEach
  void end() {
    testing.assertClean();
    testing.close();
  }

  @Test
  void agentGone_atFreeze_lowersTheLevelAndSaysWhy() {
    testing.cluster.guests().onFreeze("db", new FreezeOutcome.AgentUnavailable("no channel"));

    assertLowered(testing.backUp("db"), "no channel");
  }

  @Test
  void agentGone_whereMoreIsDemanded_failsBeforeAnythingIsCut() {
    testing.cluster.guests().onFreeze("db", new FreezeOutcome.AgentUnavailable("no channel"));

    Failure failure =
        testing.failureOf(testing.plan(BackupTesting.demanding(ConsistencyLevel.FILESYSTEM, "db")));

    assertThat(failure.code()).isEqualTo(FailureCode.CONSISTENCY_NOT_REACHED);
    assertThat(testing.cluster.objects().created())
        .noneMatch(ref -> ref.kind().equals("VolumeSnapshot"));
    assertThat(testing.points()).isEmpty();
  }

  /// What surely did not freeze is not thawed: a thaw would fail as the freeze did, for as long as
  /// the guest's own timer, and be told as a second loss.
  @ParameterizedTest
  @MethodSource("surelyNotFrozen")
  void freeze_thatSurelyDidNothing_isNotThawedAndIsOneLoss(FreezeOutcome outcome) {
    testing.cluster.guests().onFreeze("db", outcome);
    testing.cluster.guests().onThaw("db", new ThawOutcome.Failed("406: Not Acceptable"));

    BackupReport report = testing.backUp("db");

    assertLowered(report, "the reason");
    assertThat(report.losses()).hasSize(1);
    assertThat(testing.cluster.guests().calls()).containsExactly("freeze db");
  }

  static List<FreezeOutcome> surelyNotFrozen() {
    return List.of(
        new FreezeOutcome.AgentUnavailable("the reason"),
        new FreezeOutcome.NotRunning("the reason"),
        new FreezeOutcome.Refused("the reason"),
        new FreezeOutcome.NotReached("the reason"));
  }

  @Test
  void agentSilent_atFreeze_isThawedOnceAndIsOneLoss() {
    testing.cluster.guests().onFreeze("db", new FreezeOutcome.AgentSilent("not available"));
    testing.cluster.guests().onThaw("db", new ThawOutcome.Failed("not available"));

    BackupReport report = testing.backUp("db");

    assertLowered(report, "not available");
    assertThat(report.losses()).hasSize(1);
    assertThat(testing.cluster.guests().calls()).containsExactly("freeze db", "thaw db");
  }

  @Test
  void freeze_thatMayHaveHappened_isThawedUntilItWorks() {
    testing.cluster.guests().onFreeze("db", new FreezeOutcome.Unknown("no answer within 80 s"));
    testing.cluster.guests().onThaw("db", new ThawOutcome.Failed("timeout"));

    BackupReport report = testing.backUp("db");

    assertLowered(report, "no answer within 80 s");
    assertThat(report.losses()).hasSize(1);
    assertThat(testing.cluster.guests().calls()).containsExactly("freeze db", "thaw db", "thaw db");
  }

  @Test
  void otherGuestRefuses_whereMoreIsDemanded_thawsTheFrozenOne() {
    testing.cluster.machine("web", true, "web-root");
    testing.cluster.guests().onFreeze("web", new FreezeOutcome.Refused("VSS error"));

    Failure failure =
        testing.failureOf(
            testing.plan(BackupTesting.demanding(ConsistencyLevel.FILESYSTEM, "db", "web")));

    assertThat(failure.code()).isEqualTo(FailureCode.CONSISTENCY_NOT_REACHED);
    assertThat(testing.cluster.guests().calls()).contains("thaw db");
  }

  @Test
  void freezeLost_atThaw_lowersTheLevel() {
    testing.cluster.guests().onThaw("db", new ThawOutcome.FreezeLost("fsfreeze is limited"));

    assertLowered(testing.backUp("db"), "fsfreeze is limited");
  }

  @Test
  void freezeLost_whereMoreIsDemanded_makesNoPoint() {
    testing.cluster.guests().onThaw("db", new ThawOutcome.FreezeLost("fsfreeze is limited"));

    Failure failure =
        testing.failureOf(testing.plan(BackupTesting.demanding(ConsistencyLevel.FILESYSTEM, "db")));

    assertThat(failure.code()).isEqualTo(FailureCode.CONSISTENCY_NOT_REACHED);
    assertThat(testing.points()).isEmpty();
  }

  @Test
  void machineGone_atThaw_lowersTheLevel() {
    testing.cluster.guests().onThaw("db", new ThawOutcome.NotRunning("VMI is not running"));

    assertLowered(testing.backUp("db"), "VMI is not running");
  }

  @Test
  void thawFails_twice_isRetriedUntilItWorks() {
    testing
        .cluster
        .guests()
        .onThaw(
            "db",
            new ThawOutcome.Failed("timeout"),
            new ClusterException(ClusterException.Code.SERVER, "500", Map.of()));

    BackupReport report = testing.backUp("db");

    assertThat(testing.cluster.guests().calls())
        .containsExactly("freeze db", "thaw db", "thaw db", "thaw db");
    assertThat(report.losses()).isEmpty();
  }

  @Test
  void guestsOwnTimer_expiresBeforeTheCuts_lowersTheLevel() {
    BackupRequest request = BackupTesting.request("db");
    BackupOptions impatient =
        new BackupOptions(
            Duration.ofMillis(50),
            request.options().snapshotDeadline(),
            request.options().readyDeadline(),
            request.options().exportDeadline(),
            4,
            0,
            MoverTemplate.STANDARD,
            0,
            1,
            Compression.FASTEST);
    testing
        .cluster
        .volumeSnapshots()
        .beforeCut("data", () -> LockSupport.parkNanos(Duration.ofMillis(120).toNanos()));

    BackupReport report =
        testing.run(
            testing.plan(
                new BackupRequest(
                    request.selections(), Optional.empty(), request.excludedClaims(), impatient)));

    assertLowered(report, "ended by itself");
  }

  @Test
  void snapshot_neverCut_failsAtTheDeadlineWithTheDriversWords() {
    testing.cluster.volumeSnapshots().neverCut("data");

    Failure failure = testing.failureOf(testing.plan(BackupTesting.request("db")));

    assertThat(failure.code()).isEqualTo(FailureCode.SNAPSHOT_FAILED);
    assertThat(failure.summary()).contains("shop/data").contains("the array is offline");
    assertThat(testing.points()).isEmpty();
  }

  @Test
  void mover_killedForMemory_isReportedWithReasonAndVolume() {
    testing
        .cluster
        .moverJobs()
        .allEnd(new MoverJobs.State.Failed("OOMKilled", 137, Optional.empty()));

    Failure failure = testing.failureOf(testing.plan(BackupTesting.request("db")));

    assertThat(failure.code()).isEqualTo(FailureCode.MOVER_FAILED);
    assertThat(failure.summary()).contains("OOMKilled").contains("shop/");
    assertThat(failure.guidance()).contains("--mover-memory");
    assertThat(testing.points()).isEmpty();
  }

  /// An older image does not know an option that this Firn gives it, and has no place for a result.
  @Test
  void mover_thatDidNotUnderstand_isReportedAsAnotherVersion() {
    testing.cluster.moverJobs().allEnd(new MoverJobs.State.Failed("Error", 2, Optional.empty()));

    Failure failure = testing.failureOf(testing.plan(BackupTesting.request("db")));

    assertThat(failure.code()).isEqualTo(FailureCode.MOVER_FAILED);
    assertThat(failure.summary()).contains("did not understand").contains("shop/");
    assertThat(failure.guidance()).contains("--mover-image").contains("one version");
    assertThat(failure.retryable()).isFalse();
  }

  @Test
  void mover_withFailureOfItsOwn_isReportedWithItsCode() {
    String result =
        "{\"failure\":{\"code\":\"VAULT_NO_SPACE\",\"summary\":\"full\",\"guidance\":\"g\"}}";
    testing.cluster.moverJobs().allEnd(new MoverJobs.State.Failed("Error", 1, Optional.of(result)));

    Failure failure = testing.failureOf(testing.plan(BackupTesting.request("db")));

    assertThat(failure.code()).isEqualTo(FailureCode.VAULT_NO_SPACE);
    assertThat(failure.summary()).contains("full");
  }

  @Test
  void machine_startedDuringTheCuts_isNoLongerCalledStopped() {
    testing.cluster.machine("web", false, "web-root");
    testing
        .cluster
        .volumeSnapshots()
        .beforeCut("web-root", () -> testing.cluster.machine("web", true));

    BackupReport report = testing.backUp("web");

    assertLowered(report, "started while");
  }

  @Test
  void volume_addedSinceThePlan_failsRatherThanLeavingItOut() {
    BackupPlan plan = testing.plan(BackupTesting.request("db"));
    testing.cluster.machine("db", true, "root", "data", "late");

    Failure failure = testing.failureOf(plan);

    assertThat(failure.code()).isEqualTo(FailureCode.PRECONDITION_FAILED);
    assertThat(failure.summary()).contains("shop/late");
  }

  @Test
  void otherRun_thatCameFirst_winsAndKeepsItsLock() {
    BackupPlan plan = testing.plan(BackupTesting.request("db"));
    long expires = InstantSource.system().instant().plusSeconds(60).getEpochSecond();
    testing
        .cluster
        .objects()
        .put(
            MachineLock.objectFor(
                BackupTesting.vm("db"),
                new RunMarks("first", expires),
                RunOwner.self(),
                Instant.EPOCH,
                new PointName("p")));

    Failure failure = testing.failureOf(plan);

    assertThat(failure.code()).isEqualTo(FailureCode.PRECONDITION_FAILED);
    assertThat(failure.summary()).contains("another run (first");
    assertThat(testing.cluster.guests().calls()).isEmpty();
    assertThat(testing.cluster.objects().get(MachineLock.refOf(BackupTesting.vm("db"))))
        .isPresent();
  }

  @Test
  void backup_interruptedWhileFrozen_thawsCleansAndMakesNoPoint() throws InterruptedException {
    CountDownLatch cutting = new CountDownLatch(1);
    testing.cluster.volumeSnapshots().beforeCut("data", cutting::countDown);
    testing.cluster.volumeSnapshots().neverCut("data");
    BackupPlan plan = testing.plan(patient());
    AtomicReference<Throwable> end = new AtomicReference<>();

    Thread run =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, e) -> end.set(e))
            .start(() -> {
              testing.run(plan);
            });
    cutting.await();
    run.interrupt();
    run.join();

    assertThat(end.get())
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.INTERRUPTED));
    assertThat(testing.points()).isEmpty();
  }

  @Test
  void requiredObject_missing_isALossAndThePointIsMadeAllTheSame() {
    testing.cluster.machine("web", false, "web-root");
    testing
        .cluster
        .objects()
        .change(
            BackupTesting.vm("web"),
            vm ->
                vm.withArray("/spec/template/spec/volumes")
                    .add(Yaml.object("{name: key, secret: {secretName: gone}}")));

    BackupReport report = testing.backUp("web");

    assertThat(report.losses()).anySatisfy(loss -> assertThat(loss).contains("gone"));
  }

  private static BackupRequest patient() {
    BackupRequest request = BackupTesting.request("db");
    return new BackupRequest(
        request.selections(),
        Optional.empty(),
        request.excludedClaims(),
        new BackupOptions(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            4,
            0,
            MoverTemplate.STANDARD,
            0,
            1,
            Compression.FASTEST));
  }

  private void assertLowered(BackupReport report, String why) {
    MachineReport machine = report.points().getFirst().machines().getFirst();
    assertThat(machine.level()).isEqualTo(ConsistencyLevel.CRASH);
    assertThat(machine.reason()).contains(why);
    assertThat(report.losses()).anySatisfy(loss -> assertThat(loss).contains(why));
    assertThat(testing.points().getFirst().level()).isEqualTo(ConsistencyLevel.CRASH);
  }
}
