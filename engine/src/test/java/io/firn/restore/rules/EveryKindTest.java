package io.firn.restore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;
import io.firn.restore.rules.RestoreRules.Sanitized;
import org.junit.jupiter.api.Test;

/// What every object loses, and what it gains.
class EveryKindTest {
  private static final String CAPTURED =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        namespace: shop
        uid: 1-2-3
        resourceVersion: "7"
        generation: 3
        creationTimestamp: "2026-11-24T09:20:04Z"
        generateName: s-
        selfLink: /x
        managedFields: [{manager: kubectl}]
        ownerReferences: [{kind: VirtualMachine, name: db, uid: 9}]
        finalizers: [kubevirt.io/virtualMachineControllerFinalize]
        labels: {app: shop, firn.io/point: old}
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: "{}"
          firn.io/restore: old/mark
          note: mine
      data: {a: b}
      status: {phase: x}
      """;

  @Test
  void anyObject_losesWhatTheServerOwns() {
    ObjectNode metadata = (ObjectNode) new Given().restored(CAPTURED).path("metadata");
    assertThat(metadata.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder("name", "namespace", "labels", "annotations");
    assertThat(new Given().restored(CAPTURED).has("status")).isFalse();
  }

  @Test
  void anyObject_keepsWhatTheUserWrote_andIsMarked() {
    ObjectNode restored = new Given().restored(CAPTURED);
    assertThat(restored.path("data").path("a").asText()).isEqualTo("b");
    assertThat(restored.path("metadata").path("labels").toString())
        .isEqualTo("{\"app\":\"shop\",\"firn.io/point\":\"p1\"}");
    assertThat(restored.path("metadata").path("annotations").toString())
        .isEqualTo("{\"note\":\"mine\",\"firn.io/restore\":\"p1/abc\"}");
  }

  @Test
  void rewrites_tellEveryChange_asBookkeeping() {
    Sanitized sanitized = new Given().restore(CAPTURED);
    assertThat(sanitized.rewrites())
        .extracting(Rewrite::path)
        .contains(
            "metadata.uid",
            "metadata.ownerReferences",
            "metadata.finalizers",
            "status",
            "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]");
    assertThat(sanitized.rewrites())
        .allMatch(rewrite -> rewrite.scope() == Rewrite.Scope.BOOKKEEPING);
  }

  @Test
  void rules_appliedTwice_changeNothingMore() {
    Given given = new Given();
    ObjectNode once = given.restored(CAPTURED);
    assertThat(RestoreRules.apply(once, given.context()).object()).isEqualTo(once);
  }

  @Test
  void capturedObject_isNotTouched() {
    ObjectNode captured = Given.object(CAPTURED);
    RestoreRules.apply(captured, new Given().context());
    assertThat(captured).isEqualTo(Given.object(CAPTURED));
  }
}
