package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our objects have the fields, labels, annotations, owners, finalizers and status that real
/// KubeVirt's have (`running-cluster.json`, taken from KubeVirt and CDI running against a real API
/// server).
class GoldenShapeTest {
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static JsonNode golden;

  @BeforeAll
  static void start() throws IOException {
    try (InputStream stream = GoldenShapeTest.class.getResourceAsStream("running-cluster.json")) {
      golden = Fields.JSON.readTree(stream).path("items");
    }
    cluster = new TestCluster(folder);
    GoldenCluster.create(cluster);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static ObjectNode golden(String kind, String namePattern) {
    return Fields.first(
            golden, item -> text(item, "kind").equals(kind) && Meta.name(item).matches(namePattern))
        .orElseThrow();
  }

  private static void compare(ObjectNode theirs, ObjectNode ours, Map<String, String> allowed) {
    Set<String> wanted = Shape.of(theirs);
    Fields.object(ours, "metadata").remove("managedFields");
    Set<String> found = Shape.of(ours);
    Set<String> differences = new TreeSet<>();
    wanted.stream().filter(path -> !found.contains(path)).forEach(p -> differences.add("- " + p));
    found.stream().filter(path -> !wanted.contains(path)).forEach(p -> differences.add("+ " + p));
    Map<String, Boolean> patterns = AllowedDifferences.patterns(allowed);
    assertThat(differences)
        .as("%s %s", text(theirs, "kind"), Meta.name(theirs))
        .allMatch(one -> patterns.keySet().stream().anyMatch(one::matches));
    assertThat(patterns.keySet())
        .as("allowed differences that are none any more")
        .allMatch(pattern ->
            !patterns.getOrDefault(pattern, true)
                || differences.stream().anyMatch(one -> one.matches(pattern)));
  }

  private static ObjectNode ours(ResourceType type, String namespace, String name) {
    return cluster.get(type, namespace, name);
  }

  @Test
  void machine_shape() {
    compare(
        golden("VirtualMachine", "orders-db"),
        ours(VirtTypes.MACHINE, "shop", "orders-db"),
        AllowedDifferences.MACHINE);
  }

  @Test
  void instance_shape() {
    compare(
        golden("VirtualMachineInstance", "orders-db"),
        ours(VirtTypes.INSTANCE, "shop", "orders-db"),
        AllowedDifferences.INSTANCE);
  }

  @Test
  void launcherPod_shape() {
    ObjectNode pod =
        cluster.client().list(Types.POD, "shop", "vm.kubevirt.io/name=orders-db").getFirst();
    compare(golden("Pod", "virt-launcher-orders-db-.*"), pod, AllowedDifferences.POD);
  }

  @Test
  void instancetypeRevision_shape() {
    ObjectNode machine = ours(VirtTypes.MACHINE, "shop", "orders-db");
    String name = text(machine, "status", "instancetypeRef", "controllerRevisionRef", "name");
    ObjectNode type = ours(VirtTypes.INSTANCETYPE, "shop", "small");
    assertThat(name).isEqualTo("orders-db-small-v1beta1-" + Meta.uid(type) + "-1");
    compare(
        golden("ControllerRevision", "orders-db-small-.*"),
        ours(Types.CONTROLLER_REVISION, "shop", name),
        AllowedDifferences.INSTANCETYPE_REVISION);
  }

  @Test
  void startRevision_shape() {
    ObjectNode instance = ours(VirtTypes.INSTANCE, "shop", "orders-db");
    compare(
        golden("ControllerRevision", "revision-start-vm-b19e.*"),
        ours(
            Types.CONTROLLER_REVISION,
            "shop",
            text(instance, "status", "virtualMachineRevisionName")),
        AllowedDifferences.START_REVISION);
  }

  @Test
  void backendClaim_shape() {
    ObjectNode claim =
        cluster.client().list(Types.CLAIM, "shop", "persistent-state-for=orders-db").getFirst();
    compare(
        golden("PersistentVolumeClaim", "persistent-state-for-.*"),
        claim,
        AllowedDifferences.BACKEND_CLAIM);
  }

  @Test
  void poolMachine_shape() {
    compare(
        golden("VirtualMachine", "pool-0"),
        ours(VirtTypes.MACHINE, "lab", "pool-0"),
        AllowedDifferences.POOL_MACHINE);
  }

  @Test
  void poolInstance_shape() {
    compare(
        golden("VirtualMachineInstance", "pool-0"),
        ours(VirtTypes.INSTANCE, "lab", "pool-0"),
        AllowedDifferences.INSTANCE);
  }

  @Test
  void pool_shape() {
    compare(
        golden("VirtualMachinePool", "pool"),
        ours(VirtTypes.POOL, "lab", "pool"),
        AllowedDifferences.POOL);
  }

  @Test
  void poolRevision_shape() {
    compare(
        golden("ControllerRevision", "pool-1"),
        ours(Types.CONTROLLER_REVISION, "lab", "pool-1"),
        AllowedDifferences.POOL_REVISION);
  }

  @Test
  void replicaSet_shape() {
    compare(
        golden("VirtualMachineInstanceReplicaSet", "workers"),
        ours(VirtTypes.REPLICA_SET, "lab", "workers"),
        AllowedDifferences.REPLICA_SET);
  }

  @Test
  void replicaSetInstance_shape() {
    ObjectNode member = cluster.client().list(VirtTypes.INSTANCE, "lab", "app=workers").getFirst();
    assertThat(Meta.name(member)).matches("workers[a-z0-9]{5}");
    compare(golden("VirtualMachineInstance", "workers.*"), member, AllowedDifferences.INSTANCE);
  }

  @Test
  void standaloneInstance_shape() {
    compare(
        golden("VirtualMachineInstance", "solo"),
        ours(VirtTypes.INSTANCE, "lab", "solo"),
        AllowedDifferences.INSTANCE);
  }

  @Test
  void dataVolume_shape() {
    compare(
        golden("DataVolume", "pool-root-0"),
        ours(CdiTypes.DATA_VOLUME, "lab", "pool-root-0"),
        AllowedDifferences.DATA_VOLUME);
  }

  @Test
  void dataVolumeClaim_shape() {
    compare(
        golden("PersistentVolumeClaim", "pool-root-0"),
        ours(Types.CLAIM, "lab", "pool-root-0"),
        AllowedDifferences.CLAIM);
  }

  @Test
  void dataVolumeClaim_sizeIsInflated() {
    assertThat(
            text(
                ours(Types.CLAIM, "lab", "pool-root-0"),
                "spec",
                "resources",
                "requests",
                "storage"))
        .isEqualTo("1138166334");
  }

  @Test
  void storageProfile_shape() {
    compare(
        golden("StorageProfile", "fast"),
        ours(CdiTypes.STORAGE_PROFILE, "", "fast"),
        AllowedDifferences.STORAGE_PROFILE);
  }

  @Test
  void cdiConfig_shape() {
    compare(
        golden("CDIConfig", "config"),
        ours(CdiTypes.CONFIG, "", "config"),
        AllowedDifferences.CDI_CONFIG);
  }

  @Test
  void objectGraphs_areThoseOfTheRealOne() throws Exception {
    try (InputStream stream = getClass().getResourceAsStream("objectgraph.json");
        RawHttp http = new RawHttp(cluster.cluster(), "admin")) {
      for (Map.Entry<String, JsonNode> graph : Fields.JSON.readTree(stream).properties()) {
        RawHttp.Answer ours = http.send("GET", graph.getKey().substring("GET ".length()), "");
        assertThat(named(ours.body()))
            .as(graph.getKey())
            .isEqualTo(named(graph.getValue().toString()));
      }
    }
  }

  /// The graph with what is random in its names left out.
  private static JsonNode named(String graph) throws IOException {
    return Fields.JSON.readTree(
        graph
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UID")
            .replaceAll("((virt-launcher|persistent-state-for)-[a-z0-9-]+)-[a-z0-9]{5}\"", "$1\""));
  }

  @Test
  void expandSpec_appliesTheInstancetype() throws Exception {
    try (RawHttp http = new RawHttp(cluster.cluster(), "admin")) {
      JsonNode expanded =
          Fields.JSON.readTree(
              http.act("GET", "virtualmachines", "shop/orders-db", "expand-spec", "").body());
      assertThat(text(expanded, "spec", "template", "spec", "domain", "memory", "guest"))
          .isEqualTo("256Mi");
      assertThat(Fields.has(expanded, "spec", "instancetype")).isFalse();
    }
  }
}
