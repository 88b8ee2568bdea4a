package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.ClaimHandle;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of machines that are created from captured definitions, as observed.
class RestoreRowsTest {
  private static final String REVISION = "db-small-v1beta1-6b5107ba-281d-4a52-b8d9-54df6b408b2a-1";
  private static final String UUID = "dfe219fc-2ff4-45ef-bab5-0a79b4812f56";
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

  private static void instancetype(String namespace, String memory) {
    cluster.create(
        VirtTypes.INSTANCETYPE,
        """
        apiVersion: instancetype.kubevirt.io/v1beta1
        kind: VirtualMachineInstancetype
        metadata: {name: small, namespace: %s}
        spec: {cpu: {guest: 2}, memory: {guest: %s}}
        """
            .formatted(namespace, memory));
  }

  private static ObjectNode sized(String namespace, String name, String strategy) {
    ObjectNode machine = Yaml.parse(Yaml.machine(namespace, name, strategy));
    Fields.object(machine, "spec", "template", "spec", "domain").remove("memory");
    Fields.object(machine, "spec", "instancetype")
        .put("kind", "VirtualMachineInstancetype")
        .put("name", "small");
    return machine;
  }

  private static String revisionOf(ObjectNode machine) {
    return text(machine, "status", "instancetypeRef", "controllerRevisionRef", "name");
  }

  private static ObjectNode failure(String namespace, String name) {
    ObjectNode machine =
        cluster.await(
            VirtTypes.MACHINE, namespace, name, vm -> Conditions.find(vm, "Failure").isPresent());
    return Conditions.find(machine, "Failure").orElseThrow();
  }

  @Test
  void revisionCreatedWithoutOwner_isUsedAndStaysWithoutOwner() {
    cluster.namespace("revision");
    cluster.create(
        Types.CONTROLLER_REVISION,
        """
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata:
          name: %s
          namespace: revision
          labels: {instancetype.kubevirt.io/object-name: small}
        revision: 0
        data:
          apiVersion: instancetype.kubevirt.io/v1beta1
          kind: VirtualMachineInstancetype
          metadata: {name: small}
          spec: {cpu: {guest: 1}, memory: {guest: 96Mi}}
        """
            .formatted(REVISION));
    ObjectNode machine = sized("revision", "db", "Halted");
    Fields.object(machine, "spec", "instancetype").put("revisionName", REVISION);
    cluster.client().create(VirtTypes.MACHINE, machine);

    cluster.await(VirtTypes.MACHINE, "revision", "db", vm -> revisionOf(vm).equals(REVISION));
    cluster.client().patch(VirtTypes.MACHINE, new ObjectKey("revision", "db"), always());

    ObjectNode instance =
        cluster.await(VirtTypes.INSTANCE, "revision", "db", vmi -> vmi.has("spec"));
    assertThat(text(instance, "spec", "domain", "memory", "guest")).isEqualTo("96Mi");
    assertThat(Meta.controller(cluster.get(Types.CONTROLLER_REVISION, "revision", REVISION)))
        .isEmpty();
  }

  private static ObjectNode always() {
    ObjectNode patch = Fields.newObject();
    Fields.object(patch, "spec").put("runStrategy", "Always");
    return patch;
  }

  @Test
  void machineWithoutRevisionName_followsTheInstancetypeAsItIsNow() {
    cluster.namespace("silent");
    instancetype("silent", "64Mi");
    cluster.client().create(VirtTypes.MACHINE, sized("silent", "db", "Halted"));
    ObjectNode first =
        cluster.await(VirtTypes.MACHINE, "silent", "db", vm -> !revisionOf(vm).isEmpty());
    ObjectNode revision = cluster.get(Types.CONTROLLER_REVISION, "silent", revisionOf(first));
    assertThat(Meta.controlledBy(revision, Meta.uid(first))).isTrue();
    cluster.delete(VirtTypes.MACHINE, "silent", "db");
    cluster.awaitGone(VirtTypes.MACHINE, "silent", "db");
    cluster.awaitGone(Types.CONTROLLER_REVISION, "silent", revisionOf(first));
    cluster
        .client()
        .modify(
            VirtTypes.INSTANCETYPE,
            new ObjectKey("silent", "small"),
            type -> Fields.object(type, "spec", "memory").put("guest", "128Mi"));

    cluster.client().create(VirtTypes.MACHINE, sized("silent", "db", "Halted"));
    ObjectNode second =
        cluster.await(VirtTypes.MACHINE, "silent", "db", vm -> !revisionOf(vm).isEmpty());

    assertThat(revisionOf(second)).endsWith("-2");
  }

  @Test
  void instancetypeOrRevisionThatIsMissing_isAConditionNotARefusal() {
    cluster.namespace("nothing");
    cluster.client().create(VirtTypes.MACHINE, sized("nothing", "db", "Halted"));
    assertThat(text(failure("nothing", "db"), "reason")).isEqualTo("FailedFindInstancetype");

    ObjectNode named = sized("nothing", "web", "Halted");
    Fields.object(named, "spec", "instancetype").put("revisionName", "x");
    cluster.client().create(VirtTypes.MACHINE, named);
    assertThat(text(failure("nothing", "web"), "message"))
        .isEqualTo("controllerrevisions.apps \"x\" not found");
  }

  @Test
  void ownerlessDataVolumeNamedByATemplate_isAdopted() {
    cluster.namespace("volumes");
    cluster.create(
        CdiTypes.DATA_VOLUME,
        """
        apiVersion: cdi.kubevirt.io/v1beta1
        kind: DataVolume
        metadata: {name: db-root, namespace: volumes}
        spec:
          source: {blank: {}}
          storage:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 16Mi}}
        """);
    ObjectNode machine = cluster.create(VirtTypes.MACHINE, Yaml.machine("volumes", "db", "Halted"));
    cluster.await(
        CdiTypes.DATA_VOLUME, "volumes", "db-root", dv -> Meta.controlledBy(dv, Meta.uid(machine)));
  }

  @Test
  void templateVolumes_canBePutOffUntilTheStart() {
    cluster.namespace("later");
    ObjectNode machine = Yaml.parse(Yaml.machine("later", "db", "Halted"));
    Meta.annotations(machine).put("kubevirt.io/immediate-data-volume-creation", "false");
    cluster.client().create(VirtTypes.MACHINE, machine);
    cluster.await(
        VirtTypes.MACHINE,
        "later",
        "db",
        vm -> text(vm, "status", "printableStatus").equals("Stopped"));
    assertThat(cluster.client().get(CdiTypes.DATA_VOLUME, "later", "db-root")).isEmpty();

    cluster.client().patch(VirtTypes.MACHINE, new ObjectKey("later", "db"), always());
    cluster.awaitPhase(VirtTypes.INSTANCE, "later", "db", "Running");
  }

  private static ObjectNode withTpm(String namespace) {
    ObjectNode machine = Yaml.parse(Yaml.machine(namespace, "db", "Always"));
    ObjectNode domain = Fields.object(machine, "spec", "template", "spec", "domain");
    Fields.object(domain, "devices", "tpm").put("persistent", true);
    Fields.object(domain, "firmware").put("uuid", UUID);
    return machine;
  }

  private static Path stateFolder(String namespace, String claim) {
    String handle = new ClaimHandle(cluster.client()).of(namespace, claim).orElseThrow();
    return cluster.cluster().volumeStore().path(handle);
  }

  private static List<ObjectNode> stateClaims(String namespace) {
    return cluster.client().list(Types.CLAIM, namespace, "persistent-state-for=db");
  }

  private static void stateClaim(String namespace) {
    cluster.create(
        Types.CLAIM,
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: persistent-state-for-db-x7m7r
          namespace: %s
          labels: {persistent-state-for: db}
        spec:
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 10Mi}}
        """
            .formatted(namespace));
    cluster.awaitPhase(Types.CLAIM, namespace, "persistent-state-for-db-x7m7r", "Bound");
  }

  @Test
  void stateClaimOfTheOldName_isUsedButNotAdopted() throws IOException {
    cluster.namespace("state");
    stateClaim("state");
    Path file =
        stateFolder("state", "persistent-state-for-db-x7m7r")
            .resolve("swtpm")
            .resolve(UUID)
            .resolve("tpm2-00.permall");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "sealed keys");

    cluster.client().create(VirtTypes.MACHINE, withTpm("state"));
    cluster.awaitPhase(VirtTypes.INSTANCE, "state", "db", "Running");

    assertThat(stateClaims("state")).hasSize(1);
    assertThat(Meta.controller(stateClaims("state").getFirst())).isEmpty();
    assertThat(Files.readString(file)).isEqualTo("sealed keys");
  }

  @Test
  void machineWithTpm_getsAStateClaimOfItsOwn() {
    cluster.namespace("fresh");
    ObjectNode machine = cluster.client().create(VirtTypes.MACHINE, withTpm("fresh"));
    cluster.awaitPhase(VirtTypes.INSTANCE, "fresh", "db", "Running");

    ObjectNode claim = stateClaims("fresh").getFirst();
    assertThat(Meta.controlledBy(claim, Meta.uid(machine))).isTrue();
    assertThat(stateFolder("fresh", Meta.name(claim)).resolve("swtpm/" + UUID)).isDirectory();
  }

  @Test
  void stateClaimOfAMachineThatKeepsNoState_isDeleted() {
    cluster.namespace("danger");
    stateClaim("danger");
    cluster.create(VirtTypes.MACHINE, Yaml.machine("danger", "db", "Always"));
    cluster.awaitPhase(VirtTypes.INSTANCE, "danger", "db", "Running");
    cluster.awaitGone(Types.CLAIM, "danger", "persistent-state-for-db-x7m7r");
  }
}
