package io.firn.restore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/// What changes when a point goes to another namespace, and what other kinds lose.
class MovedRulesTest {
  @Test
  void namespace_isRewrittenWhereverItStands() {
    ObjectNode restored =
        new Given()
            .filledDataVolume("root")
            .toNamespace("lab")
            .restored(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: db, namespace: shop}
                spec:
                  running: false
                  dataVolumeTemplates:
                  - metadata: {name: root, namespace: shop}
                    spec: {source: {pvc: {namespace: shop, name: golden}}, storage: {}}
                  template:
                    spec:
                      networks:
                      - {name: a, multus: {networkName: shop/lan}}
                      - {name: b, multus: {networkName: other/lan}}
                      - {name: c, multus: {networkName: lan}}
                      affinity:
                        podAntiAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                          - {namespaces: [shop, other], topologyKey: k}
                      volumes: [{name: root, dataVolume: {name: root}}]
                """);
    assertThat(restored.at("/metadata/namespace").asText()).isEqualTo("lab");
    assertThat(restored.at("/spec/dataVolumeTemplates/0/metadata/namespace").asText())
        .isEqualTo("lab");
    assertThat(restored.at("/spec/dataVolumeTemplates/0/spec/source/pvc/namespace").asText())
        .isEqualTo("lab");
    assertThat(restored.at("/spec/template/spec/networks").toString())
        .isEqualTo(
            "[{\"name\":\"a\",\"multus\":{\"networkName\":\"lab/lan\"}},"
                + "{\"name\":\"b\",\"multus\":{\"networkName\":\"other/lan\"}},"
                + "{\"name\":\"c\",\"multus\":{\"networkName\":\"lan\"}}]");
    assertThat(
            restored
                .at(
                    "/spec/template/spec/affinity/podAntiAffinity"
                        + "/requiredDuringSchedulingIgnoredDuringExecution/0/namespaces")
                .toString())
        .isEqualTo("[\"lab\",\"other\"]");
  }

  @Test
  void roleBinding_subjects_move() {
    ObjectNode restored =
        new Given()
            .toNamespace("lab")
            .restored(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: b, namespace: shop}
                subjects: [{kind: ServiceAccount, name: s, namespace: shop}]
                """);
    assertThat(restored.at("/subjects/0/namespace").asText()).isEqualTo("lab");
  }

  @Test
  void service_losesAssignedAddresses_headlessStaysHeadless() {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: s, namespace: shop}
        spec: {clusterIP: %s, clusterIPs: ["%s"], ports: [{port: 80, nodePort: 30080}]}
        """;
    ObjectNode restored = new Given().restored(service.formatted("10.0.0.9", "10.0.0.9"));
    assertThat(restored.path("spec").toString()).isEqualTo("{\"ports\":[{\"port\":80}]}");
    assertThat(
            new Given().restored(service.formatted("None", "None")).at("/spec/clusterIP").asText())
        .isEqualTo("None");
  }

  @Test
  void serviceAccount_losesOldTokens() {
    ObjectNode restored =
        new Given()
            .restored(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: s, namespace: shop}
                secrets: [{name: s-token-1}]
                imagePullSecrets: [{name: registry}]
                """);
    assertThat(restored.has("secrets")).isFalse();
    assertThat(restored.at("/imagePullSecrets/0/name").asText()).isEqualTo("registry");
  }

  @Test
  void controllerRevision_keepsLabelsAndData() {
    ObjectNode restored =
        new Given()
            .restored(
                """
                apiVersion: apps/v1
                kind: ControllerRevision
                metadata:
                  name: db-small-1
                  namespace: shop
                  labels: {instancetype.kubevirt.io/object-name: small}
                  ownerReferences: [{kind: VirtualMachine, name: db, uid: 9}]
                data: {spec: {cpu: {guest: 1}}, metadata: {uid: keep}}
                revision: 0
                """);
    assertThat(restored.at("/metadata/labels/instancetype.kubevirt.io~1object-name").asText())
        .isEqualTo("small");
    assertThat(restored.at("/data/metadata/uid").asText()).isEqualTo("keep");
    assertThat(restored.path("metadata").has("ownerReferences")).isFalse();
  }
}
