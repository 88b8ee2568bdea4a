package io.firn.restore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `kubectl apply` remembers follows the object, and never grows (decision 0052).
final class LastAppliedTest {
  private static final String MACHINE =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachine
      metadata:
        name: db
        namespace: shop
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: '%s'
      spec:
        runStrategy: Always
        instancetype: {name: small, kind: VirtualMachineInstancetype}
        template:
          spec:
            domain: {devices: {interfaces: [{name: default, macAddress: "02:00:00:00:00:01"}]}}
            volumes: [{name: root, persistentVolumeClaim: {claimName: db-root}}]
      """;
  private static final String WRITTEN =
      "{\"apiVersion\":\"kubevirt.io/v1\",\"kind\":\"VirtualMachine\",\"metadata\":"
          + "{\"annotations\":{},\"name\":\"db\",\"namespace\":\"shop\"},\"spec\":"
          + "{\"runStrategy\":\"Always\",\"instancetype\":{\"name\":\"small\","
          + "\"kind\":\"VirtualMachineInstancetype\"},\"template\":{\"spec\":{\"volumes\":"
          + "[{\"name\":\"root\",\"persistentVolumeClaim\":{\"claimName\":\"db-root\"}}]}}}}";

  @Test
  void objectThatComesBackAsItWas_keepsIt() {
    ObjectNode restored = new Given().restored(MACHINE.formatted(WRITTEN));

    assertThat(remembered(restored)).isEqualTo(json(WRITTEN));
    assertThat(restored.at("/spec/runStrategy").asText()).isEqualTo("Halted");
  }

  @Test
  void revisionThatTheRestoreWritesDown_isNotRemembered_soThatApplyDoesNotTakeItAway() {
    Given given = new Given().machine("db", "", "db-small-1", Map.of());

    ObjectNode restored = given.restored(MACHINE.formatted(WRITTEN));

    assertThat(restored.at("/spec/instancetype/revisionName").asText()).isEqualTo("db-small-1");
    assertThat(remembered(restored)).isEqualTo(json(WRITTEN));
  }

  @Test
  void namesAndNamespace_areRewrittenAsInTheObject() {
    Given given = new Given().toNamespace("lab").renamed(Kinds.CLAIM, "db-root", "db-root-2");

    JsonNode remembered = remembered(given.restored(MACHINE.formatted(WRITTEN)));

    assertThat(remembered.at("/metadata/namespace").asText()).isEqualTo("lab");
    assertThat(
            remembered.at("/spec/template/spec/volumes/0/persistentVolumeClaim/claimName").asText())
        .isEqualTo("db-root-2");
    assertThat(remembered.at("/spec/runStrategy").asText()).isEqualTo("Always");
  }

  @Test
  void copyUnderAnotherName_losesIt() {
    Given given = new Given().renamed(Kinds.VIRTUAL_MACHINE, "db", "db-copy");

    ObjectNode restored = given.restored(MACHINE.formatted(WRITTEN));

    assertThat(restored.path("metadata").path("annotations").has(LastApplied.KEY)).isFalse();
  }

  @Test
  void whatIsNotAboutTheObject_isDropped() {
    for (String other : new String[] {"{}", "no json", "[]", WRITTEN.replace("db\"", "dc\"")}) {
      ObjectNode restored = new Given().restored(MACHINE.formatted(other));
      assertThat(restored.path("metadata").path("annotations").has(LastApplied.KEY))
          .as(other)
          .isFalse();
    }
  }

  private static JsonNode remembered(ObjectNode restored) {
    return json(restored.path("metadata").path("annotations").path(LastApplied.KEY).asText());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
