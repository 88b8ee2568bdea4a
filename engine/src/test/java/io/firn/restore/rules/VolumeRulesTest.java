package io.firn.restore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import org.junit.jupiter.api.Test;

class VolumeRulesTest {
  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: root
        namespace: shop
        labels: {app: x, restore.kubevirt.io/y: z, persistent-state-for: db}
        annotations:
          cdi.kubevirt.io/storage.contentType: kubevirt
          cdi.kubevirt.io/storage.import.source: http
          cdi.kubevirt.io/storage.pod.phase: Succeeded
          pv.kubernetes.io/bind-completed: "yes"
          volume.kubernetes.io/selected-node: node1
          volume.beta.kubernetes.io/storage-provisioner: x
          note: mine
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: fast
        volumeName: pvc-1
        dataSource: {kind: VolumeSnapshot, name: s}
        dataSourceRef: {kind: VolumeImportSource, name: v}
        resources: {requests: {storage: 1Gi}}
      status: {phase: Bound}
      """;

  private static final String DATA_VOLUME =
      """
      apiVersion: cdi.kubevirt.io/v1beta1
      kind: DataVolume
      metadata:
        name: root
        namespace: shop
        labels: {kubevirt.io/created-by: some-uid}
        annotations:
          cdi.kubevirt.io/storage.usePopulator: "true"
          cdi.kubevirt.io/storage.clone.token: secret
      spec:
        source: {pvc: {namespace: shop, name: golden}}
        storage: {storageClassName: fast}
      """;

  @Test
  void claim_ofFilledDataVolume_isFreedAndHandedOver() {
    ObjectNode restored = new Given().filledDataVolume("root").restored(CLAIM);
    assertThat(restored.path("spec").has("volumeName")).isFalse();
    assertThat(restored.path("spec").has("dataSource")).isFalse();
    assertThat(restored.path("spec").has("dataSourceRef")).isFalse();
    JsonNode annotations = restored.path("metadata").path("annotations");
    assertThat(annotations.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "cdi.kubevirt.io/storage.contentType",
            "cdi.kubevirt.io/storage.populatedFor",
            "note",
            "firn.io/restore");
    assertThat(annotations.path("cdi.kubevirt.io/storage.populatedFor").asText()).isEqualTo("root");
    assertThat(restored.path("metadata").path("labels").has("restore.kubevirt.io/y")).isFalse();
  }

  @Test
  void claim_withoutDataVolume_isNotHandedOver() {
    assertThat(
            new Given()
                .volume("root", 1 << 30)
                .restored(CLAIM)
                .path("metadata")
                .path("annotations")
                .has("cdi.kubevirt.io/storage.populatedFor"))
        .isFalse();
  }

  @Test
  void claim_smallerThanItsVolumeWas_asksForThatMuch() {
    Given given = new Given().volume("root", 1138166334L);
    assertThat(given.restored(CLAIM).at("/spec/resources/requests/storage").asText())
        .isEqualTo("1138166334");
    assertThat(
            new Given()
                .volume("root", 1 << 20)
                .restored(CLAIM)
                .at("/spec/resources/requests/storage")
                .asText())
        .isEqualTo("1Gi");
  }

  @Test
  void stateClaim_ofRenamedMachine_followsIt() {
    assertThat(
            new Given()
                .renamed(Kinds.VIRTUAL_MACHINE, "db", "copy")
                .restored(CLAIM)
                .at("/metadata/labels/persistent-state-for")
                .asText())
        .isEqualTo("copy");
  }

  @Test
  void dataVolume_filled_isPrePopulated_withoutOldDecisions() {
    ObjectNode restored = new Given().filledDataVolume("root").restored(DATA_VOLUME);
    assertThat(restored.at("/metadata/annotations").toString())
        .isEqualTo(
            "{\"cdi.kubevirt.io/storage.prePopulated\":\"root\",\"firn.io/restore\":\"p1/abc\"}");
    assertThat(restored.at("/metadata/labels").has("kubevirt.io/created-by")).isFalse();
  }

  @Test
  void dataVolume_stillImporting_importsAgain() {
    ObjectNode restored = new Given().importingDataVolume("root").restored(DATA_VOLUME);
    assertThat(restored.at("/metadata/annotations").has("cdi.kubevirt.io/storage.prePopulated"))
        .isFalse();
  }

  @Test
  void dataVolumeAndClaim_renamed_agree() {
    Given given =
        new Given()
            .filledDataVolume("root")
            .renamed(Kinds.CLAIM, "root", "copy-root")
            .renamed(Kinds.DATA_VOLUME, "root", "copy-root");
    ObjectNode claim = given.restored(CLAIM);
    ObjectNode dataVolume = given.restored(DATA_VOLUME);
    assertThat(claim.at("/metadata/name").asText()).isEqualTo("copy-root");
    assertThat(dataVolume.at("/metadata/name").asText()).isEqualTo("copy-root");
    assertThat(claim.at("/metadata/annotations/cdi.kubevirt.io~1storage.populatedFor").asText())
        .isEqualTo("copy-root");
    assertThat(
            dataVolume.at("/metadata/annotations/cdi.kubevirt.io~1storage.prePopulated").asText())
        .isEqualTo("copy-root");
  }

  @Test
  void storageClass_isMappedInAllThreePlaces() {
    Given given = new Given().filledDataVolume("root").storageClass("fast", "slow");
    assertThat(given.restored(CLAIM).at("/spec/storageClassName").asText()).isEqualTo("slow");
    assertThat(given.restored(DATA_VOLUME).at("/spec/storage/storageClassName").asText())
        .isEqualTo("slow");
    assertThat(
            given
                .restored(MACHINE)
                .at("/spec/dataVolumeTemplates/0/spec/storage/storageClassName")
                .asText())
        .isEqualTo("slow");
  }

  @Test
  void template_whoseDataVolumeIsInThePoint_stays() {
    ObjectNode restored = new Given().filledDataVolume("root").restored(MACHINE);
    assertThat(restored.at("/spec/dataVolumeTemplates")).hasSize(1);
    assertThat(restored.at("/spec/template/spec/volumes/0/dataVolume/name").asText())
        .isEqualTo("root");
  }

  @Test
  void template_whoseDataVolumeIsGone_becomesAPlainClaim() {
    ObjectNode restored = new Given().volume("root", 1 << 30).restored(MACHINE);
    assertThat(restored.path("spec").has("dataVolumeTemplates")).isFalse();
    assertThat(
            restored.at("/spec/template/spec/volumes/0/persistentVolumeClaim/claimName").asText())
        .isEqualTo("root");
  }

  @Test
  void volumes_ofCopy_nameItsOwnClaims() {
    ObjectNode restored =
        new Given()
            .filledDataVolume("root")
            .renamed(Kinds.CLAIM, "root", "copy-root")
            .restored(MACHINE);
    assertThat(restored.at("/spec/template/spec/volumes/0/dataVolume/name").asText())
        .isEqualTo("copy-root");
    assertThat(restored.at("/spec/dataVolumeTemplates/0/metadata/name").asText())
        .isEqualTo("copy-root");
  }

  private static final String MACHINE =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachine
      metadata: {name: db, namespace: shop}
      spec:
        running: false
        dataVolumeTemplates:
        - metadata: {name: root, namespace: shop}
          spec: {source: {blank: {}}, storage: {storageClassName: fast}}
        template:
          spec:
            volumes: [{name: root, dataVolume: {name: root}}]
      """;
}
