package io.firn.restore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.restore.Rewrite;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineRulesTest {
  private static final String UUID = "/spec/template/spec/domain/firmware/uuid";
  private static final String MAC = "/spec/template/spec/domain/devices/interfaces/0/macAddress";

  @Test
  void runState_strategy_isHalted_andTold() {
    var sanitized = new Given().restore(machine("runStrategy: Always", ""));
    assertThat(sanitized.object().at("/spec/runStrategy").asText()).isEqualTo("Halted");
    assertThat(sanitized.rewrites())
        .anySatisfy(rewrite -> {
          assertThat(rewrite.toString()).isEqualTo("spec.runStrategy: Always → Halted");
          assertThat(rewrite.scope()).isEqualTo(Rewrite.Scope.CHANGE);
        });
  }

  @Test
  void runState_flag_isOff_andStaysTheOnlyOne() {
    ObjectNode restored = new Given().restored(machine("running: true", ""));
    assertThat(restored.at("/spec/running").asBoolean(true)).isFalse();
    assertThat(restored.path("spec").has("runStrategy")).isFalse();
  }

  @Test
  void revision_knownFromStatusOnly_isNamedInTheSpec() {
    Given given = new Given().machine("db", "", "db-small-1", Map.of());
    ObjectNode restored =
        given.restored(machine("runStrategy: Halted\n  instancetype: {name: small}", ""));
    assertThat(restored.at("/spec/instancetype/revisionName").asText()).isEqualTo("db-small-1");
  }

  @Test
  void revision_renamed_isFollowed() {
    Given given =
        new Given()
            .machine("db", "", "db-small-1", Map.of())
            .renamed(Kinds.CONTROLLER_REVISION, "db-small-1", "copy-small-1");
    ObjectNode restored =
        given.restored(machine("runStrategy: Halted\n  instancetype: {name: small}", ""));
    assertThat(restored.at("/spec/instancetype/revisionName").asText()).isEqualTo("copy-small-1");
  }

  /// As a real pool leaves it: the label on the machine, and in its template.
  @Test
  void memberOfAPool_losesThePoolsLabelsEverywhere() {
    String member =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata:
          name: db
          namespace: shop
          labels: {app: db, kubevirt.io/vm-pool-revision-name: pool-1}
        spec:
          runStrategy: Always
          template:
            metadata: {labels: {app: db, kubevirt.io/vm-pool-revision-name: pool-1}}
            spec: {domain: {devices: {}}}
        """;
    ObjectNode restored = new Given().restored(member);
    assertThat(restored.toString()).doesNotContain("vm-pool");
    assertThat(restored.at("/metadata/labels/app").asText()).isEqualTo("db");
    assertThat(restored.at("/spec/template/metadata/labels/app").asText()).isEqualTo("db");
  }

  @Test
  void inferredName_besideAName_goes() {
    ObjectNode restored =
        new Given()
            .restored(
                machine("running: false\n  preference: {name: p, inferFromVolume: root}", ""));
    assertThat(restored.at("/spec/preference").toString()).isEqualTo("{\"name\":\"p\"}");
  }

  @Test
  void mac_keptByDefault_newAndFixedWhenAsked() {
    String captured = machine("running: false", "");
    assertThat(new Given().restored(captured).at(MAC).asText()).isEqualTo("02:00:00:00:00:01");
    String fresh = new Given().newMac().restored(captured).at(MAC).asText();
    assertThat(fresh).matches("02(:[0-9a-f]{2}){5}").isNotEqualTo("02:00:00:00:00:01");
    assertThat(new Given().newMac().restored(captured).at(MAC).asText()).isEqualTo(fresh);
  }

  @Test
  void firmwareUuid_absent_isWhatTheGuestSaw_elseTheLegacyOne() {
    String captured = machine("running: false", "");
    Given known = new Given().machine("db", "5d307ca9-b3ef-428c-8861-06e72d69f223", "", Map.of());
    assertThat(known.restored(captured).at(UUID).asText())
        .isEqualTo("5d307ca9-b3ef-428c-8861-06e72d69f223");
    // UUIDv5 of the name in KubeVirt's namespace, computed with Python's uuid module.
    assertThat(new Given().restored(captured).at(UUID).asText()).isEqualTo(LEGACY_OF_DB);
  }

  @Test
  void firmwareUuid_present_isKept_orNewWhenAsked() {
    String captured = machine("running: false", "firmware: {uuid: old-uuid, serial: abc}");
    JsonNode kept = new Given().restored(captured);
    assertThat(kept.at(UUID).asText()).isEqualTo("old-uuid");
    assertThat(kept.at("/spec/template/spec/domain/firmware/serial").asText()).isEqualTo("abc");
    JsonNode copy = new Given().newFirmwareUuid().restored(captured);
    assertThat(java.util.UUID.fromString(copy.at(UUID).asText()).version()).isEqualTo(4);
    assertThat(copy.at("/spec/template/spec/domain/firmware").has("serial")).isFalse();
  }

  @Test
  void pciTopology_ofTheInstance_isWrittenWhereTheTemplateLacksIt() {
    Given given =
        new Given().machine("db", "", "", Map.of("kubevirt.io/pci-topology-version", "v2"));
    assertThat(
            given
                .restored(machine("running: false", ""))
                .at("/spec/template/metadata/annotations/kubevirt.io~1pci-topology-version")
                .asText())
        .isEqualTo("v2");
  }

  @Test
  void memoryDump_goes_othersStay() {
    ObjectNode restored =
        new Given()
            .restored(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: db, namespace: shop}
                spec:
                  running: false
                  template:
                    spec:
                      volumes:
                      - {name: dump, memoryDump: {claimName: dump}}
                      - {name: root, persistentVolumeClaim: {claimName: root}}
                """);
    assertThat(restored.at("/spec/template/spec/volumes")).hasSize(1);
    assertThat(restored.at("/spec/template/spec/volumes/0/name").asText()).isEqualTo("root");
  }

  @Test
  void reservedLabels_go_fromTemplateAndInstance() {
    ObjectNode restored =
        new Given()
            .restored(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata:
                  name: solo
                  namespace: shop
                  labels: {kubevirt.io/nodeName: node1, app: x}
                spec: {domain: {}}
                status: {phase: Running}
                """);
    assertThat(restored.at("/metadata/labels").has("kubevirt.io/nodeName")).isFalse();
    assertThat(restored.at("/metadata/labels/app").asText()).isEqualTo("x");
  }

  @Test
  void rename_reachesNameLabelsAndTemplate() {
    ObjectNode restored =
        new Given()
            .renamed(Kinds.VIRTUAL_MACHINE, "db", "copy")
            .restored(machine("running: false", ""));
    assertThat(restored.at("/metadata/name").asText()).isEqualTo("copy");
    assertThat(restored.at("/spec/template/metadata/labels/vm.kubevirt.io~1name").asText())
        .isEqualTo("copy");
    assertThat(restored.at("/spec/template/metadata/labels/app").asText()).isEqualTo("db");
  }

  @Test
  void replicaSet_template_getsNoSharedFirmwareUuid() {
    ObjectNode restored =
        new Given()
            .restored(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceReplicaSet
                metadata: {name: workers, namespace: shop}
                spec: {replicas: 2, template: {spec: {domain: {}}}}
                """);
    assertThat(restored.at(UUID).isMissingNode()).isTrue();
  }

  private static final String LEGACY_OF_DB = "afbfbee4-e771-559c-b6d5-41f26cb027a0";

  private static String machine(String run, String domain) {
    return """
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: db, namespace: shop}
    spec:
      %s
      template:
        metadata: {labels: {app: db, vm.kubevirt.io/name: db}}
        spec:
          domain:
            %s
            devices:
              interfaces: [{name: default, macAddress: "02:00:00:00:00:01"}]
    """
        .formatted(run, domain);
  }
}
