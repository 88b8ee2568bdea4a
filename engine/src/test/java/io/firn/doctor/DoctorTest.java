package io.firn.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Quiesce.ThawOutcome;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.fake.FakeCluster;
import io.firn.fake.Yaml;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.PointName;
import io.firn.run.MachineLock;
import io.firn.run.RunMarks;
import io.firn.run.RunOwner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final ObjectRef VM = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "db");
  private static final ObjectRef INSTANCE = ObjectRef.of(Kinds.INSTANCE, "shop", "db");
  private static final ObjectRef SECRET = ObjectRef.of(Kinds.SECRET, "shop", "firn-r");

  @TempDir private Path folder;
  private FakeCluster cluster;
  private Doctor doctor;

  @BeforeEach
  void begin() {
    cluster = new FakeCluster(folder).machine("db", true);
    doctor = new Doctor(cluster, InstantSource.fixed(NOW));
  }

  @Test
  void nothingLeft_isHealthy() {
    assertThat(doctor.examine("shop").healthy()).isTrue();
  }

  @Test
  void frozenGuest_whereLocksMayNotBeRead_isLeft() {
    cluster
        .objects()
        .change(INSTANCE, vmi -> vmi.withObject("/status").put("fsFreezeStatus", "frozen"));
    cluster.objects().refuse("list configmaps");

    DoctorReport report = doctor.examine("shop");

    assertThat(report.healthy()).isFalse();
    assertThat(report.unknown()).singleElement().asString().contains("list configmaps");
    assertThat(report.frozen()).singleElement().matches(guest -> !guest.orphaned());
  }

  @Test
  void frozenGuest_whoseMachineMayNotBeRead_isLeft() {
    cluster
        .objects()
        .change(INSTANCE, vmi -> vmi.withObject("/status").put("fsFreezeStatus", "frozen"));
    cluster.objects().refuse("get virtualmachines");

    assertThat(doctor.examine("shop").frozen())
        .singleElement()
        .matches(guest -> !guest.orphaned() && guest.why().contains("unknown"));
  }

  @Test
  void nothingToBeRead_isAFailureAndNotHealth() {
    for (String kind :
        List.of(
            "jobs",
            "persistentvolumeclaims",
            "volumesnapshots",
            "secrets",
            "configmaps",
            "virtualmachineinstances")) {
      cluster.objects().refuse("list " + kind);
    }

    assertThatThrownBy(() -> doctor.examine("shop"))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.CLUSTER_FORBIDDEN));
  }

  @Test
  void expiredObject_isRemovedWhoeverMadeIt() {
    putSecret("r", NOW.minusSeconds(1));

    CureReport cure = doctor.cure(doctor.examine(""));

    assertThat(cure.removed()).containsExactly(SECRET);
    assertThat(cluster.objects().get(SECRET)).isEmpty();
  }

  @Test
  void objectOfARunThatMayLive_isLeftAndSaysWhy() {
    putSecret("r", NOW.plusSeconds(60));

    DoctorReport report = doctor.examine("shop");

    assertThat(report.healthy()).isTrue();
    assertThat(report.leftovers().getFirst().why()).contains("may still be at work");
    assertThat(doctor.cure(report).removed()).isEmpty();
    assertThat(cluster.objects().get(SECRET)).isPresent();
  }

  @Test
  void objectThatIsOnItsWay_isNoLeftover_unlessItIsHeldForLong() {
    putSecret("r", NOW.minusSeconds(1));
    leaving(NOW.minusSeconds(299));
    assertThat(doctor.examine("shop").leftovers()).isEmpty();

    leaving(NOW.minusSeconds(301));
    DoctorReport report = doctor.examine("shop");
    assertThat(report.healthy()).isTrue();
    assertThat(report.leftovers().getFirst().removable()).isFalse();
    assertThat(report.leftovers().getFirst().why()).contains("is held by", "example.com/hold");
  }

  private void leaving(Instant since) {
    cluster
        .objects()
        .change(
            SECRET,
            secret -> {
              secret.withObject("/metadata").put("deletionTimestamp", since.toString());
              secret.withArray("/metadata/finalizers").removeAll().add("example.com/hold");
            });
  }

  @Test
  void objectOfADeadProcess_isRemovedBeforeItExpires() {
    putSecret("r", NOW.plusSeconds(60));
    putLock("r", deadOwner());

    CureReport cure = doctor.cure(doctor.examine("shop"));

    assertThat(cure.removed()).containsExactly(SECRET, MachineLock.refOf(VM));
  }

  @Test
  void objectThatNamesADeadProcess_needsNoLock_andNeitherDoOthersOfItsRun() {
    putSecret("r", NOW.plusSeconds(60));
    cluster
        .objects()
        .change(
            SECRET,
            s -> s.withObject("/metadata/annotations").put(RunMarks.OWNER, deadOwner().text()));
    ObjectNode job =
        new RunMarks("r", NOW.plusSeconds(60).getEpochSecond()).object(Kinds.JOB, "shop", "j");
    job.withObject("/metadata").remove("annotations");
    cluster.objects().put(job);

    CureReport cure = doctor.cure(doctor.examine("shop"));

    assertThat(cure.removed()).containsExactly(ObjectRef.of(Kinds.JOB, "shop", "j"), SECRET);
  }

  @Test
  void unfinishedRestore_isTold_andLeft() {
    cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                  namespace: shop
                  labels: {firn.io/point: p1}
                  annotations: {firn.io/restore: p1/abc}
                """));

    DoctorReport report = doctor.examine("");

    assertThat(report.unfinished())
        .singleElement()
        .satisfies(restore -> {
          assertThat(restore.namespace()).isEqualTo("shop");
          assertThat(restore.mark()).isEqualTo("p1/abc");
        });
    assertThat(report.healthy()).isTrue();
    assertThat(doctor.cure(report).removed()).isEmpty();
  }

  @Test
  void frozenGuest_ofALiveRun_isLeft() {
    freeze();
    putLock("r", RunOwner.self());

    DoctorReport report = doctor.examine("shop");

    assertThat(report.frozen()).singleElement().matches(guest -> !guest.orphaned());
    assertThat(doctor.cure(report).thawed()).isEmpty();
  }

  @Test
  void frozenGuest_ofADeadRun_isThawedByTheNextRunsTidying() {
    putLock("r", deadOwner());

    CureReport cure = doctor.tidy("shop");

    assertThat(cure.thawed()).containsExactly(INSTANCE);
    assertThat(cluster.guests().calls()).containsExactly("thaw db");
  }

  @Test
  void frozenGuest_thatNobodyHolds_isThawedByTheDoctorButNotByARun() {
    freeze();

    assertThat(doctor.tidy("shop").thawed()).isEmpty();
    DoctorReport report = doctor.examine("shop");
    assertThat(report.healthy()).isFalse();
    assertThat(doctor.cure(report).thawed()).containsExactly(INSTANCE);
  }

  @Test
  void frozenGuest_underKubevirtsOwnSnapshot_isLeft() {
    freeze();
    cluster
        .objects()
        .change(VM, vm -> vm.withObject("/status").put("snapshotInProgress", "nightly"));

    DoctorReport report = doctor.examine("shop");

    assertThat(report.frozen().getFirst().why()).contains("nightly");
    assertThat(report.healthy()).isTrue();
  }

  @Test
  void lock_staysWhereTheThawFails_soThatTheNextLookKnows() {
    putLock("r", deadOwner());
    cluster.guests().onThaw("db", new ThawOutcome.Failed("no answer"));

    CureReport cure = doctor.tidy("shop");

    assertThat(cure.failed()).singleElement().asString().contains("no answer");
    assertThat(cluster.objects().get(MachineLock.refOf(VM))).isPresent();
  }

  /// A guest without an agent is not frozen, and can never be thawed.
  @Test
  void lock_ofAMachineThatWasNotFrozen_goesThoughTheThawFails() {
    putLock("r", deadOwner(), NOW.minus(Duration.ofMinutes(11)));
    cluster.guests().onThaw("db", new ThawOutcome.Failed("QEMU guest agent is not connected"));

    CureReport cure = doctor.tidy("shop");

    assertThat(cure.failed()).isEmpty();
    assertThat(cluster.objects().get(MachineLock.refOf(VM))).isEmpty();
  }

  @Test
  void lock_ofARunLongDead_staysWhileItsGuestIsFrozen() {
    freeze();
    putLock("r", deadOwner(), NOW.minus(Duration.ofMinutes(11)));
    cluster.guests().onThaw("db", new ThawOutcome.Failed("no answer"));

    assertThat(doctor.tidy("shop").failed()).hasSize(1);
    assertThat(cluster.objects().get(MachineLock.refOf(VM))).isPresent();
  }

  /// What one run left is no reason to keep the lock of another.
  @Test
  void lock_staysForItsOwnRunOnly() {
    putLock("r", deadOwner());
    cluster.guests().onThaw("db", new ThawOutcome.Failed("no answer"));
    ObjectRef other = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "web");
    RunMarks marks = new RunMarks("s", NOW.plusSeconds(60).getEpochSecond());
    cluster
        .objects()
        .put(MachineLock.objectFor(other, marks, deadOwner(), NOW, new PointName("q")));

    doctor.tidy("shop");

    assertThat(cluster.objects().get(MachineLock.refOf(VM))).isPresent();
    assertThat(cluster.objects().get(MachineLock.refOf(other))).isEmpty();
  }

  private void freeze() {
    cluster
        .objects()
        .change(INSTANCE, vmi -> vmi.withObject("/status").put("fsFreezeStatus", "frozen"));
  }

  private void putSecret(String run, Instant expires) {
    ObjectNode secret =
        Yaml.object("{apiVersion: v1, kind: Secret, metadata: {name: firn-r, namespace: shop}}");
    secret
        .withObject("/metadata/labels")
        .put(RunMarks.RUN, run)
        .put(RunMarks.MANAGED_BY, "firn")
        .put(RunMarks.EXPIRES, Long.toString(expires.getEpochSecond()));
    cluster.objects().put(secret);
  }

  private void putLock(String run, RunOwner owner) {
    putLock(run, owner, NOW);
  }

  private void putLock(String run, RunOwner owner, Instant since) {
    RunMarks marks = new RunMarks(run, NOW.plusSeconds(60).getEpochSecond());
    cluster.objects().put(MachineLock.objectFor(VM, marks, owner, since, new PointName("p")));
  }

  private static RunOwner deadOwner() {
    RunOwner self = RunOwner.self();
    return new RunOwner(self.host(), self.pid(), self.startedEpochMilli() - 1);
  }
}
