package io.firn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GraphBuilderTest {
  private final FakeCluster cluster = FakeCluster.ofJsonList("kubevirt/running-cluster.json");

  @Test
  void runningMachine_asRealKubeVirtMakesIt_leadsToAllItsParts() {
    GraphOf graph = GraphOf.vm(cluster, "shop", "orders-db");

    String revision =
        "ControllerRevision orders-db-small-v1beta1-6b5107ba-281d-4a52-b8d9-54df6b408b2a-1";
    assertThat(graph.relations())
        .contains(
            "VirtualMachine orders-db -> VirtualMachineInstance orders-db DERIVED status.created",
            "VirtualMachineInstance orders-db -> Pod virt-launcher-orders-db-hgkbv DERIVED"
                + " pod metadata.ownerReferences",
            "VirtualMachine orders-db -> VirtualMachineInstancetype small OPTIONAL"
                + " spec.instancetype.name",
            "VirtualMachine orders-db -> "
                + revision
                + " REQUIRED status.instancetypeRef.controllerRevisionRef.name",
            "VirtualMachine orders-db -> DataVolume orders-root REQUIRED"
                + " spec.template.spec.volumes[root].dataVolume.name",
            "DataVolume orders-root -> PersistentVolumeClaim orders-root REQUIRED metadata.name",
            "VirtualMachine orders-db -> Secret db-cloudinit REQUIRED"
                + " spec.template.spec.volumes[ci].cloudInitNoCloud.secretRef.name",
            "VirtualMachine orders-db -> PersistentVolumeClaim persistent-state-for-orders-db-x7m7r"
                + " REQUIRED claim label persistent-state-for");
    assertThat(graph.claims())
        .containsExactly(
            "orders-db orders-root DISK root",
            "orders-db persistent-state-for-orders-db-x7m7r BACKEND_STORAGE"
                + " persistent-state-for-this-vm");
  }

  @Test
  void missingSecret_isANodeAndAFinding() {
    GraphOf graph = GraphOf.vm(cluster, "shop", "orders-db");

    assertThat(graph.node(Kinds.SECRET, "shop", "db-cloudinit"))
        .hasValueSatisfying(node -> {
          assertThat(node.presence()).isEqualTo(new Presence.Missing());
          assertThat(node.object()).isEmpty();
        });
    assertThat(graph.findings())
        .contains(
            "ERROR Secret shop/db-cloudinit is missing; VirtualMachine shop/orders-db names it at"
                + " spec.template.spec.volumes[ci].cloudInitNoCloud.secretRef.name");
  }

  @Test
  void unreadableKind_isUnknown_neverMissing() {
    cluster.refuse(Kinds.SECRET, "forbidden: list secrets");

    GraphOf graph = GraphOf.vm(cluster, "shop", "orders-db");

    assertThat(graph.node(Kinds.SECRET, "shop", "db-cloudinit").orElseThrow().presence())
        .isEqualTo(new Presence.Unknown("forbidden: list secrets"));
    assertThat(graph.findings())
        .contains(
            "WARNING Secret shop/db-cloudinit could not be read (forbidden: list secrets);"
                + " VirtualMachine shop/orders-db names it at"
                + " spec.template.spec.volumes[ci].cloudInitNoCloud.secretRef.name");
  }

  @Test
  void missingRoot_isANodeAndAFinding() {
    GraphOf graph = GraphOf.vm(cluster, "shop", "nope");

    assertThat(graph.node(Kinds.VIRTUAL_MACHINE, "shop", "nope").orElseThrow().presence())
        .isEqualTo(new Presence.Missing());
    assertThat(graph.findings()).containsExactly("ERROR VirtualMachine shop/nope is missing");
    assertThat(graph.relations()).isEmpty();
  }
}
