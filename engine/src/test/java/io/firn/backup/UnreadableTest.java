package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.failure.FailureCode;
import io.firn.fake.Yaml;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A right that is missing is never an empty answer.
final class UnreadableTest {
  @TempDir private Path folder;
  private BackupTesting testing;

  @BeforeEach
  void begin() {
    testing = new BackupTesting(folder);
    testing.cluster.machine("db", true, "db-root");
  }

  @AfterEach
  void end() {
    testing.close();
  }

  @Test
  void runningMachine_whoseInstanceMayNotBeRead_isNotTakenForStopped() {
    refuse("list virtualmachineinstances");
    refuse("get virtualmachineinstances");

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    PlannedMachine machine = plan.machines().getFirst();
    assertThat(machine.quiesce()).isInstanceOf(QuiescePlan.Unfrozen.class);
    assertThat(machine.expected()).isEqualTo(ConsistencyLevel.CRASH);
    assertThat(warnings(plan)).anyMatch(text -> text.contains("not known whether it runs"));
  }

  @Test
  void runningMachine_whoseInstanceMayBeReadByName_isFrozen() {
    refuse("list virtualmachineinstances");

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.machines().getFirst().quiesce()).isInstanceOf(QuiescePlan.Freeze.class);
  }

  @Test
  void stoppedMachine_thatMayHaveBeenStartedMeanwhile_isWorthNoMoreThanIsKnown() {
    testing.cluster.machine("web", false, "web-root");
    BackupPlan plan = testing.plan(BackupTesting.request("web"));
    assertThat(plan.expected()).contains(ConsistencyLevel.FILESYSTEM);
    refuse("list virtualmachineinstances");
    refuse("get virtualmachineinstances");

    ReachedLevel reached =
        new LevelRules(testing.cluster, List.of(), List.of())
            .of(plan.namespaces().getFirst())
            .getFirst();

    assertThat(reached.level()).isEqualTo(ConsistencyLevel.CRASH);
    assertThat(reached.reason()).contains("unknown");
  }

  @Test
  void definitionsThatMayNotBeRead_areALoss() {
    refuse("list services");
    refuse("list ipamclaims");

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.runnable()).isTrue();
    assertThat(warnings(plan)).anyMatch(text -> text.contains("the services of namespace shop"));
  }

  @Test
  void all_withoutTheRightToList_doesNotSayThatThereIsNoMachine() {
    refuse("list virtualmachines");

    BackupPlan plan = testing.plan(BackupRequest.of(new Selection.All("shop")));

    assertThat(plan.stops())
        .isNotEmpty()
        .allMatch(stop -> stop.code() == FailureCode.CLUSTER_FORBIDDEN)
        .noneMatch(stop -> stop.message().contains("There is no machine"));
  }

  @Test
  void all_whereOneKindMayNotBeListed_saysWhatIsLeftOut() {
    refuse("list virtualmachinepools");

    BackupPlan plan = testing.plan(BackupRequest.of(new Selection.All("shop")));

    assertThat(plan.machines()).hasSize(1);
    assertThat(warnings(plan)).anyMatch(text -> text.startsWith("Which virtualmachinepools"));
  }

  @Test
  void replicaSet_whoseInstancesMayNotBeListed_isNotOneWithoutMachines() {
    testing
        .cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceReplicaSet
                metadata: {name: web, namespace: shop, uid: rs}
                spec: {replicas: 2, template: {spec: {domain: {}}}}
                """));
    refuse("list virtualmachineinstances");
    ObjectRef set = ObjectRef.of(Kinds.REPLICA_SET, "shop", "web");

    BackupPlan plan = testing.plan(BackupRequest.of(new Selection.Named(set)));

    assertThat(plan.stops())
        .anyMatch(stop -> stop.message().startsWith("which machines belong to"));
  }

  @Test
  void claimThatCdiFills_whereDataVolumesMayNotBeRead_isNotTakenForFilled() {
    ObjectRef claim = ObjectRef.of(Kinds.CLAIM, "shop", "db-root");
    testing
        .cluster
        .objects()
        .change(
            claim,
            object ->
                object
                    .withObject("/metadata/annotations")
                    .put("cdi.kubevirt.io/storage.pod.phase", "Running"));
    refuse("list datavolumes");
    refuse("get datavolumes");

    BackupPlan plan = testing.plan(BackupTesting.request("db"));

    assertThat(plan.stops()).anyMatch(stop -> stop.message().startsWith("whether " + claim));
  }

  private void refuse(String right) {
    testing.cluster.objects().refuse(right);
  }

  private static List<String> warnings(BackupPlan plan) {
    return plan.findings().stream()
        .filter(finding -> finding.weight() == PlanFinding.Weight.WARNING)
        .map(PlanFinding::message)
        .toList();
  }
}
