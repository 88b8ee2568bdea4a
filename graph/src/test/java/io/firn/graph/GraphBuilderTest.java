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

  @Test
  void unreadableKindThatIsNotRequired_isToldOnceForAllItsObjects() {
    cluster.refuse(Kinds.VOLUME, "forbidden: list persistentvolumes");

    GraphOf graph = GraphOf.vm(cluster, "shop", "orders-db");

    assertThat(graph.findings())
        .filteredOn(finding -> finding.contains("PersistentVolume pvc"))
        .containsExactly(
            "INFO PersistentVolume pvc-55ab88d8-f4df-483e-850b-6e680dcd5563 and 1 more could not be"
                + " read (forbidden: list persistentvolumes)");
  }

  @Test
  void unreadableKindThatIsSearched_isToldAndNeverAnEmptyAnswer() {
    cluster.refuse(Kinds.SERVICE, "forbidden: list services");

    GraphOf graph = GraphOf.vm(cluster, "shop", "orders-db");

    assertThat(graph.findings())
        .contains(
            "WARNING the services of namespace shop could not be read"
                + " (forbidden: list services): whether any belong here is unknown");
    assertThat(graph.unread())
        .containsExactly(new UnreadList(Kinds.SERVICE, "shop", "forbidden: list services", true));
  }

  @Test
  void unreadableDefinition_isAWarning() {
    FakeCluster networked =
        FakeCluster.ofYamlText(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: net, namespace: shop}
            spec:
              template:
                spec: {networks: [{name: blue, multus: {networkName: vlan-10}}]}
            """);
    networked.refuse(Kinds.NETWORK_ATTACHMENT, "forbidden: list attachments");

    GraphOf graph = GraphOf.vm(networked, "shop", "net");

    assertThat(graph.findings())
        .filteredOn(finding -> finding.contains("forbidden: list attachments"))
        .isNotEmpty()
        .allMatch(finding -> finding.startsWith("WARNING NetworkAttachmentDefinition"));
  }

  @Test
  void unreadableInstances_areUnknown_evenIfTheMachineSaysItHasNone() {
    cluster.refuse(Kinds.INSTANCE, "forbidden: list instances");

    GraphOf graph = GraphOf.vm(cluster, "shop", "orders-db");

    assertThat(graph.node(Kinds.INSTANCE, "shop", "orders-db").orElseThrow().presence())
        .isEqualTo(new Presence.Unknown("forbidden: list instances"));
    assertThat(graph.findings())
        .anyMatch(finding ->
            finding.startsWith("WARNING VirtualMachineInstance shop/orders-db could not be read"));
  }

  @Test
  void unknownKindOfRoot_isAnError() {
    GraphOf graph = GraphOf.roots(cluster, new ObjectRef("apps", "Deployment", "shop", "web"));

    assertThat(graph.findings())
        .containsExactly(
            "ERROR Deployment shop/web could not be read (Firn does not know the kind Deployment)");
  }

  @Test
  void sharedObject_ofTwoMachines_isOneNodeWithTwoRelations() {
    FakeCluster twins =
        FakeCluster.ofYamlText(machine("one", "shared") + "---\n" + machine("two", "shared"));

    GraphOf graph =
        GraphOf.roots(
            twins,
            ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "two"),
            ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "one"));

    assertThat(graph.graph().nodes()).hasSize(3);
    assertThat(graph.relationsTo(Kinds.CLAIM))
        .containsExactly(
            "VirtualMachine two -> PersistentVolumeClaim shared REQUIRED"
                + " spec.template.spec.volumes[root].persistentVolumeClaim.claimName",
            "VirtualMachine one -> PersistentVolumeClaim shared REQUIRED"
                + " spec.template.spec.volumes[root].persistentVolumeClaim.claimName");
    assertThat(graph.claims()).containsExactly("two shared DISK root", "one shared DISK root");
  }

  @Test
  void repeatedRoots_countOnce() {
    ObjectRef root = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "orders-db");

    assertThat(GraphOf.roots(cluster, root, root).graph())
        .isEqualTo(GraphOf.roots(cluster, root).graph());
  }

  @Test
  void machineAndItsInstance_asRoots_claimEachDiskOnceForTheMachine() {
    GraphOf graph =
        GraphOf.roots(
            cluster,
            ObjectRef.of(Kinds.INSTANCE, "shop", "orders-db"),
            ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "orders-db"));

    assertThat(graph.claims())
        .containsExactly(
            "orders-db orders-root DISK root",
            "orders-db persistent-state-for-orders-db-x7m7r BACKEND_STORAGE"
                + " persistent-state-for-this-vm");
    assertThat(graph.graph().claims())
        .allSatisfy(use -> assertThat(use.machine().kind()).isEqualTo("VirtualMachine"));
  }

  @Test
  void absentSource_thatAnotherMachineNeeds_isAnError() {
    // One VM was copied from the claim long ago; another has it as its disk.
    FakeCluster copies =
        FakeCluster.ofYamlText(
            """
            apiVersion: cdi.kubevirt.io/v1beta1
            kind: DataVolume
            metadata: {name: copy, namespace: shop}
            spec: {source: {pvc: {name: golden}}}
            status: {phase: Succeeded}
            ---
            """
                + machine("user", "golden"));

    GraphOf graph =
        GraphOf.roots(
            copies,
            ObjectRef.of(Kinds.DATA_VOLUME, "shop", "copy"),
            ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "user"));

    assertThat(graph.findings())
        .contains(
            "ERROR PersistentVolumeClaim shop/golden is missing; VirtualMachine shop/user names it"
                + " at spec.template.spec.volumes[root].persistentVolumeClaim.claimName");
  }

  private static String machine(String name, String claim) {
    return """
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: %s, namespace: shop}
    spec:
      template:
        spec:
          volumes: [{name: root, persistentVolumeClaim: {claimName: %s}}]
    """
        .formatted(name, claim);
  }
}
