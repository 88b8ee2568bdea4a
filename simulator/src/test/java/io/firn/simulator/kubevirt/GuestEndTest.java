package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guests that end, sets that grow and shrink, budgets, and the end of a namespace.
class GuestEndTest {
  @TempDir static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(folder);
    cluster.namespace("shop");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String running(String name, String strategy) {
    cluster.claim("shop", name + "-data", "Block", "");
    cluster.create(VirtTypes.MACHINE, Yaml.machineOnClaim("shop", name, name + "-data", strategy));
    return Meta.uid(cluster.awaitPhase(VirtTypes.INSTANCE, "shop", name, "Running"));
  }

  private static void awaitAnother(String name, String uid) {
    cluster.await(
        VirtTypes.INSTANCE,
        "shop",
        name,
        vmi -> !Meta.uid(vmi).equals(uid) && Phases.of(vmi).equals("Running"));
  }

  private static GuestRegistry guests() {
    return cluster.cluster().guests();
  }

  @Test
  void always_powerOffInside_startsAgain() {
    String first = running("always", "Always");
    assertThat(guests().powerOff("shop", "always")).isTrue();
    awaitAnother("always", first);
  }

  @Test
  void rerunOnFailure_powerOffInside_staysStopped_crashStartsAgain() {
    String first = running("rerun", "RerunOnFailure");
    assertThat(guests().kill("shop", "rerun")).isTrue();
    awaitAnother("rerun", first);

    assertThat(guests().powerOff("shop", "rerun")).isTrue();
    cluster.awaitPhase(VirtTypes.INSTANCE, "shop", "rerun", "Succeeded");
    cluster.await(
        VirtTypes.MACHINE,
        "shop",
        "rerun",
        vm -> text(vm, "status", "printableStatus").equals("Stopped"));
  }

  @Test
  void launcherPodDeleted_isACrash() {
    String first = running("evicted", "Always");
    ObjectNode pod =
        cluster.client().list(Types.POD, "shop", "vm.kubevirt.io/name=evicted").getFirst();
    cluster.delete(Types.POD, "shop", Meta.name(pod));
    awaitAnother("evicted", first);
  }

  private static void scale(ResourceType type, String name, int replicas) {
    ObjectNode patch = Fields.newObject();
    Fields.object(patch, "spec").put("replicas", replicas);
    cluster.client().patch(type, new ObjectKey("shop", name), patch);
    cluster.await(
        type,
        "shop",
        name,
        set ->
            Fields.at(set, "status", "replicas").asInt() == replicas
                && Fields.at(set, "status", "readyReplicas").asInt() == replicas);
  }

  @Test
  void replicaSet_scalesUpAndDown() {
    cluster.create(
        VirtTypes.REPLICA_SET,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstanceReplicaSet
        metadata: {name: workers, namespace: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: workers}}
          template:
            metadata: {labels: {app: workers}}
            spec:
              domain: {memory: {guest: 64Mi}, devices: {}}
        """);
    scale(VirtTypes.REPLICA_SET, "workers", 3);
    scale(VirtTypes.REPLICA_SET, "workers", 1);
  }

  @Test
  void pool_scalesByNumber() {
    cluster.create(
        VirtTypes.POOL,
        """
        apiVersion: pool.kubevirt.io/v1beta1
        kind: VirtualMachinePool
        metadata: {name: pool, namespace: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: pool}}
          virtualMachineTemplate:
            metadata: {labels: {app: pool}}
            spec:
              runStrategy: Always
              template:
                metadata: {labels: {app: pool}}
                spec:
                  domain: {memory: {guest: 64Mi}, devices: {}}
        """);
    scale(VirtTypes.POOL, "pool", 2);
    assertThat(cluster.client().get(VirtTypes.MACHINE, "shop", "pool-1")).isPresent();
    scale(VirtTypes.POOL, "pool", 1);
    cluster.awaitGone(VirtTypes.MACHINE, "shop", "pool-1");

    cluster.delete(VirtTypes.POOL, "shop", "pool");
    cluster.awaitGone(VirtTypes.POOL, "shop", "pool");
    cluster.awaitGone(VirtTypes.MACHINE, "shop", "pool-0");
  }

  @Test
  void instanceToBeMigrated_isProtectedByABudget() {
    ObjectNode instance = Yaml.parse(Yaml.instance("shop", "guarded"));
    Fields.object(instance, "spec").put("evictionStrategy", "LiveMigrate");
    cluster.client().create(VirtTypes.INSTANCE, instance);
    ObjectNode running = cluster.awaitPhase(VirtTypes.INSTANCE, "shop", "guarded", "Running");
    assertThat(cluster.client().list(Types.DISRUPTION_BUDGET, "shop", ""))
        .anyMatch(budget ->
            Meta.name(budget).startsWith("kubevirt-disruption-budget-")
                && Meta.controlledBy(budget, Meta.uid(running)));
  }

  @Test
  void namespaceWithARunningMachine_goesAwayWhole() {
    cluster.namespace("doomed");
    cluster.create(VirtTypes.MACHINE, Yaml.machine("doomed", "db", "Always"));
    cluster.awaitPhase(VirtTypes.INSTANCE, "doomed", "db", "Running");
    cluster.delete(Types.NAMESPACE, "", "doomed");
    cluster.awaitGone(Types.NAMESPACE, "", "doomed");
    assertThat(cluster.cluster().guest("doomed", "db")).isEmpty();
  }
}
