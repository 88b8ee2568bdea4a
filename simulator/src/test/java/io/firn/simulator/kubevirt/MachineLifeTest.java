package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firn.simulator.TestCluster;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine's life from creation to deletion, against a running cluster.
class MachineLifeTest {
  @TempDir static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static ObjectNode awaitStatus(String namespace, String name, String status) {
    return cluster.await(
        VirtTypes.MACHINE,
        namespace,
        name,
        vm -> text(vm, "status", "printableStatus").equals(status));
  }

  @Test
  void halted_withTemplate_isProvisionedThenStopped() {
    cluster.namespace("halted");
    cluster.create(VirtTypes.MACHINE, Yaml.machine("halted", "web", "Halted"));

    ObjectNode machine = awaitStatus("halted", "web", "Stopped");
    ObjectNode volume = cluster.awaitPhase(CdiTypes.DATA_VOLUME, "halted", "web-root", "Succeeded");

    assertThat(Meta.controlledBy(volume, Meta.uid(machine))).isTrue();
    assertThat(Meta.label(volume, "kubevirt.io/created-by")).isEqualTo(Meta.uid(machine));
    assertThat(text(Conditions.find(machine, "Ready").orElseThrow(), "message"))
        .isEqualTo("VMI does not exist");
  }

  @Test
  void always_runsAGuestAndTakesAllWithItWhenDeleted() {
    cluster.namespace("always");
    cluster.create(VirtTypes.MACHINE, Yaml.machine("always", "db", "Always"));

    awaitStatus("always", "db", "Running");
    ObjectNode instance =
        cluster.await(
            VirtTypes.INSTANCE, "always", "db", vmi -> Conditions.isTrue(vmi, "AgentConnected"));
    assertThat(Fields.objects(instance, "status", "phaseTransitionTimestamps"))
        .extracting(step -> text(step, "phase"))
        .containsExactly("Pending", "Scheduling", "Scheduled", "Running");
    assertThat(cluster.cluster().guest("always", "db")).isPresent();

    cluster.delete(VirtTypes.MACHINE, "always", "db");

    cluster.awaitGone(VirtTypes.MACHINE, "always", "db");
    cluster.awaitGone(VirtTypes.INSTANCE, "always", "db");
    cluster.awaitGone(CdiTypes.DATA_VOLUME, "always", "db-root");
    cluster.awaitGone(Types.CLAIM, "always", "db-root");
    assertThat(cluster.cluster().guest("always", "db")).isEmpty();
  }

  @Test
  void missingClaim_isReportedAndWaitedFor() {
    cluster.namespace("missing");
    cluster.create(VirtTypes.MACHINE, Yaml.machineOnClaim("missing", "db", "data", "Always"));

    ObjectNode machine = awaitStatus("missing", "db", "ErrorPvcNotFound");
    assertThat(text(Conditions.find(machine, "Synchronized").orElseThrow(), "message"))
        .isEqualTo("PVC missing/data does not exist, waiting for it to appear");

    cluster.claim("missing", "data", "Block", "");
    awaitStatus("missing", "db", "Running");
  }

  private static void deleteOrphaning(String namespace, String name) {
    Config config = Config.fromKubeconfig(cluster.cluster().kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      client
          .genericKubernetesResources(VirtTypes.MACHINE.apiVersion(), VirtTypes.MACHINE.kind())
          .inNamespace(namespace)
          .withName(name)
          .withPropagationPolicy(DeletionPropagation.ORPHAN)
          .delete();
    }
  }

  @Test
  void orphaned_instanceRunsOnAndIsAdoptedByANamesake() {
    cluster.namespace("orphan");
    cluster.claim("orphan", "data", "Block", "");
    cluster.create(VirtTypes.MACHINE, Yaml.machineOnClaim("orphan", "db", "data", "Always"));
    awaitStatus("orphan", "db", "Running");
    String uid = Meta.uid(cluster.get(VirtTypes.INSTANCE, "orphan", "db"));

    deleteOrphaning("orphan", "db");
    cluster.awaitGone(VirtTypes.MACHINE, "orphan", "db");
    ObjectNode orphan = cluster.get(VirtTypes.INSTANCE, "orphan", "db");
    assertThat(Meta.controller(orphan)).isEmpty();
    assertThat(Phases.of(orphan)).isEqualTo("Running");

    cluster.create(VirtTypes.MACHINE, Yaml.machineOnClaim("orphan", "db", "data", "Always"));
    ObjectNode machine = awaitStatus("orphan", "db", "Running");
    ObjectNode adopted =
        cluster.await(
            VirtTypes.INSTANCE, "orphan", "db", vmi -> Meta.controlledBy(vmi, Meta.uid(machine)));
    assertThat(Meta.uid(adopted)).isEqualTo(uid);
  }
}
