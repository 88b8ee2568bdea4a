package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.PlanFinding.Weight;
import io.firn.failure.FailureCode;
import io.firn.fake.Yaml;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.PointName;
import io.firn.run.MachineLock;
import io.firn.run.RunMarks;
import io.firn.run.RunOwner;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stops a backup is found before anything is touched, and named.
final class BackupPlannerTest {
  @TempDir private Path folder;
  private BackupTesting testing;

  @BeforeEach
  void begin() {
    testing = new BackupTesting(folder);
    testing.cluster.machine("db", true, "root", "data");
  }

  @AfterEach
  void end() {
    assertThat(testing.cluster.objects().created()).as("a plan changes nothing").isEmpty();
    assertThat(testing.cluster.guests().calls()).as("a plan freezes nobody").isEmpty();
    testing.close();
  }

  @Test
  void healthyMachine_isPlannedWithVolumesClassAndLevel() {
    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.runnable()).isTrue();
    assertThat(plan.expected()).contains(ConsistencyLevel.FILESYSTEM);
    assertThat(plan.volumes()).extracting(v -> v.claim().name()).containsExactly("root", "data");
    assertThat(plan.volumes()).allMatch(v -> v.snapshotClass().equals("fake-snapshots"));
    assertThat(plan.machines().getFirst().quiesce()).isInstanceOf(QuiescePlan.Freeze.class);
  }

  @Test
  void machine_absent_isNamed() {
    assertStops(BackupTesting.request("dbx"), FailureCode.OBJECT_NOT_FOUND, "shop/dbx");
  }

  @Test
  void namespace_absent_isNamedRatherThanTheMachine() {
    ObjectRef ref = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shpo", "db");

    assertStops(
        BackupRequest.of(new Selection.Named(ref)),
        FailureCode.OBJECT_NOT_FOUND,
        "namespace shpo does not exist");
  }

  @Test
  void kind_thatIsNeitherMachineNorPart_isRefused() {
    ObjectRef ref = ObjectRef.of(Kinds.JOB, "shop", "import");

    assertStops(
        BackupRequest.of(new Selection.Named(ref)), FailureCode.KIND_NOT_SUPPORTED, "no machine");
  }

  @Test
  void selection_thatMatchesNothing_stops() {
    assertStops(
        BackupRequest.of(new Selection.Labelled("shop", "tier=gold")),
        FailureCode.OBJECT_NOT_FOUND,
        "tier=gold");
  }

  @Test
  void all_ofANamespace_takesEachMachineOnceAndNotTheInstancesOfVms() {
    testing.cluster.machine("web", false, "web-root");

    BackupPlan plan = testing.plan(BackupRequest.of(new Selection.All("shop")));

    assertThat(plan.machines())
        .extracting(PlannedMachine::machine)
        .containsExactly(BackupTesting.vm("db"), BackupTesting.vm("web"));
  }

  @Test
  void instance_ofAVm_isBackedUpAsTheVm() {
    ObjectRef instance = ObjectRef.of(Kinds.INSTANCE, "shop", "db");

    BackupPlan plan = testing.plan(BackupRequest.of(new Selection.Named(instance)));

    assertThat(plan.machines().getFirst().machine()).isEqualTo(BackupTesting.vm("db"));
  }

  @Test
  void machinesNotToBeListed_namesTheRight() {
    testing.cluster.objects().refuse("list virtualmachines");

    assertStops(BackupTesting.request("db"), FailureCode.CLUSTER_FORBIDDEN, "list virtualmachines");
  }

  @Test
  void rightMissing_isFoundBeforehandWithVerbAndResource() {
    testing.cluster.objects().refuse("create jobs");
    testing.cluster.objects().refuse("update virtualmachineinstances/freeze");

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.stops())
        .extracting(PlanFinding::message)
        .anySatisfy(message -> assertThat(message).contains("create jobs.batch"))
        .anySatisfy(message ->
            assertThat(message)
                .contains("update virtualmachineinstances/freeze.subresources.kubevirt.io"));
  }

  @Test
  void claim_inATroubledState_stops() {
    changeClaim(claim -> claim.withObject("/status").put("phase", "Lost"));
    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "lost its volume");

    changeClaim(claim -> claim.withObject("/status").put("phase", "Pending"));
    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "not bound");

    changeClaim(claim -> {
      claim.withObject("/status").put("phase", "Bound");
      claim.withObject("/metadata").put("deletionTimestamp", "2026-11-24T20:00:00Z");
    });
    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "being deleted");
  }

  @Test
  void claim_absent_namesWhoNeedsIt() {
    testing
        .cluster
        .objects()
        .change(
            BackupTesting.vm("db"),
            vm ->
                vm.withArray("/spec/template/spec/volumes")
                    .add(Yaml.object("{name: x, persistentVolumeClaim: {claimName: gone}}")));

    assertStops(BackupTesting.request("db"), FailureCode.OBJECT_NOT_FOUND, "shop/gone");
  }

  @Test
  void dataVolume_stillImporting_stopsWithItsProgress() {
    testing
        .cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: data, namespace: shop}
                status: {phase: ImportInProgress, progress: 41.3%}
                """));

    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "41.3%");
  }

  @Test
  void storageClass_thatCannotSnapshot_isNamedBeforeAnybodyIsFrozen() {
    testing.cluster.claim("data", "plain", "Bound");

    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "plain");
  }

  @Test
  void excludedClaim_isInThePlanWithItsReasonAndItsTroubleDoesNotCount() {
    testing.cluster.claim("data", "plain", "Bound");
    BackupRequest request = BackupTesting.request("db");

    BackupPlan plan =
        testing.plan(
            new BackupRequest(
                request.selections(), Optional.empty(), Set.of("data"), request.options()));

    assertThat(plan.runnable()).isTrue();
    assertThat(plan.excluded())
        .singleElement()
        .satisfies(e -> assertThat(e.reason()).contains("by the user"));
    assertThat(plan.volumes()).extracting(v -> v.claim().name()).containsExactly("root");
  }

  @Test
  void exclusionThatFitsNothing_isWarnedOf() {
    BackupRequest request = BackupTesting.request("db");

    BackupPlan plan =
        testing.plan(
            new BackupRequest(
                request.selections(), Optional.empty(), Set.of("dada"), request.options()));

    assertWarns(plan, "dada");
  }

  @Test
  void memoryDump_isLeftOutWithAReason() {
    testing.cluster.claim("dump", "fast", "Bound");
    testing
        .cluster
        .objects()
        .change(
            BackupTesting.vm("db"),
            vm ->
                vm.withArray("/spec/template/spec/volumes")
                    .add(Yaml.object("{name: dump, memoryDump: {claimName: dump}}")));

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.excluded()).extracting(e -> e.claim().name()).containsExactly("dump");
    assertThat(plan.excluded().getFirst().reason()).contains("dump of memory");
  }

  @Test
  void backendStorage_isCaptured() {
    testing.cluster.claim("persistent-state-for-db-x1", "fast", "Bound");
    testing
        .cluster
        .objects()
        .change(
            ObjectRef.of(Kinds.CLAIM, "shop", "persistent-state-for-db-x1"),
            c -> c.withObject("/metadata/labels").put("persistent-state-for", "db"));
    testing
        .cluster
        .objects()
        .change(
            BackupTesting.vm("db"),
            vm -> vm.withObject("/spec/template/spec/domain/devices/tpm").put("persistent", true));

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.volumes())
        .extracting(v -> v.claim().name())
        .containsExactly("root", "data", "persistent-state-for-db-x1");
  }

  @Test
  void agentAbsent_lowersTheExpectedLevelAndWarns() {
    changeInstance(i -> i.withObject("/status").putArray("conditions"));

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.expected()).contains(ConsistencyLevel.CRASH);
    assertWarns(plan, "no guest agent");
  }

  @Test
  void paused_lowersTheExpectedLevel() {
    changeInstance(i ->
        i.withArray("/status/conditions")
            .add(Yaml.object("{type: Paused, status: 'True', reason: PausedByUser}")));

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.expected()).contains(ConsistencyLevel.CRASH);
    assertWarns(plan, "PausedByUser");
  }

  @Test
  void levelOutOfReach_whereDemanded_stops() {
    changeInstance(i -> i.withObject("/status").putArray("conditions"));

    assertStops(
        BackupTesting.demanding(ConsistencyLevel.FILESYSTEM, "db"),
        FailureCode.CONSISTENCY_NOT_REACHED,
        "filesystem was demanded");
    BackupPlan lower = testing.plan(BackupTesting.demanding(ConsistencyLevel.CRASH, "db"));
    assertThat(lower.findings()).noneMatch(f -> f.weight() == Weight.WARNING);
  }

  @Test
  void migrationInFlight_stops() {
    testing
        .cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceMigration
                metadata: {name: move, namespace: shop}
                spec: {vmiName: db}
                status: {phase: Running}
                """));

    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "migration move");
  }

  @Test
  void otherSnapshotInProgress_stops() {
    testing
        .cluster
        .objects()
        .change(
            BackupTesting.vm("db"),
            vm -> vm.withObject("/status").put("snapshotInProgress", "nightly"));

    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "nightly");
  }

  @Test
  void otherRun_aliveOnTheSameMachine_stopsAndOneThatIsDeadDoesNot() {
    putLock(RunOwner.self());
    assertStops(BackupTesting.request("db"), FailureCode.PRECONDITION_FAILED, "another run (other");

    RunOwner self = RunOwner.self();
    putLock(new RunOwner(self.host(), self.pid(), self.startedEpochMilli() - 1));
    assertThat(testing.plan(BackupTesting.request("db")).runnable()).isTrue();
  }

  @Test
  void replicaSetAndPool_haveTheirMachines() {
    testing
        .cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceReplicaSet
                metadata: {name: farm, namespace: shop, uid: rs}
                spec: {template: {spec: {domain: {}}}}
                """));
    testing
        .cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata:
                  name: farmabcde
                  namespace: shop
                  uid: vmi
                  ownerReferences:
                  - {apiVersion: kubevirt.io/v1, kind: VirtualMachineInstanceReplicaSet, name: farm,
                     uid: rs, controller: true}
                status: {phase: Running}
                """));
    ObjectRef farm = ObjectRef.of(Kinds.REPLICA_SET, "shop", "farm");

    BackupPlan plan = testing.plan(BackupRequest.of(new Selection.Named(farm)));

    assertThat(plan.machines())
        .singleElement()
        .satisfies(m -> assertThat(m.machine().name()).isEqualTo("farmabcde"))
        .satisfies(m -> assertThat(m.root()).isEqualTo(farm))
        .satisfies(m -> assertThat(m.expected()).isEqualTo(ConsistencyLevel.FILESYSTEM));
  }

  private void putLock(RunOwner owner) {
    RunMarks marks =
        new RunMarks("other", InstantSource.system().instant().plusSeconds(60).getEpochSecond());
    testing
        .cluster
        .objects()
        .put(
            MachineLock.objectFor(
                BackupTesting.vm("db"), marks, owner, Instant.EPOCH, new PointName("p")));
  }

  private void changeClaim(Consumer<ObjectNode> change) {
    testing.cluster.objects().change(ObjectRef.of(Kinds.CLAIM, "shop", "data"), change);
  }

  private void changeInstance(Consumer<ObjectNode> change) {
    testing.cluster.objects().change(ObjectRef.of(Kinds.INSTANCE, "shop", "db"), change);
  }

  private void assertStops(BackupRequest request, FailureCode code, String words) {
    BackupPlan plan = testing.plan(request);
    List<PlanFinding> stops = plan.stops();
    assertThat(stops)
        .anySatisfy(stop -> {
          assertThat(stop.code()).isEqualTo(code);
          assertThat(stop.message()).contains(words);
          assertThat(stop.nextStep()).isNotBlank();
        });
  }

  private static void assertWarns(BackupPlan plan, String words) {
    assertThat(plan.findings())
        .anySatisfy(finding -> {
          assertThat(finding.weight()).isEqualTo(Weight.WARNING);
          assertThat(finding.message()).contains(words);
        });
  }
}
