package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What virt-api refuses, in the words of the real one, and what its mutators write.
class AdmissionTest {
  @TempDir static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(folder);
    cluster.namespace("lab");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /// A change to a sound machine and the refusal that it brings.
  record Row(String name, Consumer<ObjectNode> change, String refusal) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static ObjectNode spec(ObjectNode machine) {
    return object(machine, "spec", "template", "spec");
  }

  private static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "running and runStrategy",
            vm -> object(vm, "spec").put("running", true),
            "spec.running: Running and RunStrategy are mutually exclusive. Note that Running is"
                + " deprecated, please use RunStrategy instead"),
        new Row(
            "unknown strategy",
            vm -> object(vm, "spec").put("runStrategy", "Sometimes"),
            "spec.runStrategy: Invalid RunStrategy (Sometimes)"),
        new Row(
            "reserved label",
            vm ->
                object(vm, "spec", "template", "metadata", "labels")
                    .put("kubevirt.io/nodeName", "node1"),
            "spec.template.metadata.labels: creation of the following reserved kubevirt.io/ labels"
                + " on a VMI object is prohibited"),
        new Row(
            "template of another namespace",
            vm ->
                ((ObjectNode) vm.at("/spec/dataVolumeTemplates/0/metadata"))
                    .put("namespace", "shop"),
            "spec.dataVolumeTemplates[0]: Embedded DataVolume namespace shop differs from VM"
                + " namespace lab"),
        new Row(
            "template without a volume",
            vm -> {
              array(vm, "spec", "template", "spec", "volumes").removeAll();
              object(spec(vm), "domain", "devices").remove("disks");
            },
            "spec.dataVolumeTemplate[0]: DataVolumeTemplate entry spec.dataVolumeTemplate[0] must be"
                + " referenced in the VMI template's 'volumes' list"),
        new Row(
            "disk without a volume",
            vm -> array(spec(vm), "domain", "devices", "disks").addObject().put("name", "gone"),
            "disks[1].name: spec.template.spec.domain.devices.disks[1].Name 'gone' not found."),
        new Row(
            "memory beside an instance type",
            vm -> object(vm, "spec", "instancetype").put("name", "small"),
            "spec.template.spec.domain.memory.guest: VM field(s)"
                + " spec.template.spec.domain.memory.guest conflicts with selected instance type"),
        new Row(
            "malformed MAC",
            vm ->
                ((ObjectNode) spec(vm).at("/domain/devices/interfaces/0")).put("macAddress", "zz"),
            "has malformed MAC address (zz)."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void machine_thatIsWrong_isRefused(Row row) {
    ObjectNode machine = Yaml.parse(Yaml.machine("lab", "refused", "Halted"));
    row.change().accept(machine);
    ApiFailure failure =
        catchThrowableOfType(
            ApiFailure.class, () -> cluster.client().create(VirtTypes.MACHINE, machine));
    assertThat(failure.getMessage())
        .startsWith(
            "admission webhook \"virtualmachine-validator.kubevirt.io\" denied the request: ")
        .contains(row.refusal());
    assertThat(failure.status()).isEqualTo(422);
  }

  @Test
  void unknownField_isFoundByStrictValidation() throws Exception {
    ObjectNode machine = Yaml.parse(Yaml.machine("lab", "strict", "Halted"));
    spec(machine).put("bogus", 1);
    try (RawHttp http = new RawHttp(cluster.cluster(), "admin")) {
      RawHttp.Answer answer =
          http.send(
              "POST",
              VirtTypes.MACHINE.path("lab") + "?fieldValidation=Strict",
              machine.toString());
      assertThat(answer.code()).isEqualTo(400);
      assertThat(answer.body())
          .contains("strict decoding error: unknown field \\\"spec.template.spec.bogus\\\"");
    }
  }

  @Test
  void machine_getsWhatMustNotChangeLater() {
    ObjectNode machine = cluster.create(VirtTypes.MACHINE, Yaml.machine("lab", "new", "Halted"));
    ObjectNode spec = spec(machine);
    assertThat(
            text(
                machine,
                "spec",
                "template",
                "metadata",
                "annotations",
                "kubevirt.io/pci-topology-version"))
        .isEqualTo("v3");
    assertThat(text(spec, "domain", "machine", "type")).isEqualTo("q35");
    assertThat(text(spec, "domain", "firmware", "uuid")).hasSize(36);
    assertThat(Fields.at(spec, "domain", "resources").isObject()).isTrue();
  }

  @Test
  void instance_cannotBeChangedByUsers() {
    cluster.create(VirtTypes.INSTANCE, Yaml.instance("lab", "solo"));
    ObjectKey key = new ObjectKey("lab", "solo");
    ApiFailure failure =
        catchThrowableOfType(
            ApiFailure.class,
            () ->
                cluster
                    .client()
                    .modify(
                        VirtTypes.INSTANCE,
                        key,
                        vmi -> object(vmi, "spec").put("hostname", "other")));
    assertThat(failure.getMessage()).endsWith("update of VMI object is restricted");

    cluster
        .client()
        .modify(VirtTypes.INSTANCE, key, vmi -> object(vmi, "status").put("nodeName", "moon"));
    assertThat(text(cluster.get(VirtTypes.INSTANCE, "lab", "solo"), "status", "nodeName"))
        .isNotEqualTo("moon");
  }

  @Test
  void instance_withAReservedLabel_isRefused() {
    ObjectNode instance = Yaml.parse(Yaml.instance("lab", "labelled"));
    object(instance, "metadata", "labels").put("kubevirt.io/created-by", "me");
    ApiFailure failure =
        catchThrowableOfType(
            ApiFailure.class, () -> cluster.client().create(VirtTypes.INSTANCE, instance));
    assertThat(failure.getMessage()).contains("reserved kubevirt.io/ labels");
  }
}
