package io.firn.restore;

import static io.firn.restore.RestoreShop.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.backup.BackupPlan;
import io.firn.backup.BackupReport;
import io.firn.backup.BackupReport.MachineReport;
import io.firn.backup.ClusterLookup;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.doctor.Doctor;
import io.firn.doctor.RightsReport;
import io.firn.doctor.RightsReview;
import io.firn.graph.GraphBuilder;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The story of a backup and a restore as users with exactly the roles that Firn ships: all of
/// them, the namespaced one alone, and none but what Firn itself says is missing. At the end, what
/// the API server saw them use is compared with the list that the roles are made of.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RightsEndToEndTest {
  private static final Path ROLES = Path.of("..", "docs", "rbac");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String LAB = "lab";

  /// What this story has no occasion for.
  private static final Set<String> SELDOM =
      Set.of(
          // They go with their machine, which is removed first; the right is for where they stay.
          "delete controllerrevisions.apps of firn-machines",
          "delete datavolumes.cdi.kubevirt.io of firn-machines",
          // An image that is imported again and again, devices that are claimed.
          "list dataimportcrons.cdi.kubevirt.io of firn-machines",
          "list resourceclaims.resource.k8s.io of firn-machines",
          "list resourceclaimtemplates.resource.k8s.io of firn-machines",
          "get resourceclaims.resource.k8s.io of firn-machines",
          "get resourceclaimtemplates.resource.k8s.io of firn-machines",
          // Actions of KubeVirt's own that are under way, and what only some clusters serve.
          "list poddisruptionbudgets.policy of firn-machines",
          "list virtualmachinebackups.backup.kubevirt.io of firn-machines",
          "list virtualmachinebackuptrackers.backup.kubevirt.io of firn-machines",
          "list virtualmachinerestores.snapshot.kubevirt.io of firn-machines",
          "list virtualmachinesnapshotcontents.snapshot.kubevirt.io of firn-machines");

  private RestoreShop shop;

  @BeforeAll
  void open(@TempDir Path temporary) throws IOException {
    shop = new RestoreShop(temporary);
    for (String role : List.of("firn-machines", "firn-cluster", "firn-admin")) {
      apply(Files.readString(ROLES.resolve(role + ".yaml")));
    }
    shop.open();
    try (var in = RightsEndToEndTest.class.getResourceAsStream("till.yaml")) {
      apply(new String(requireNonNull(in).readAllBytes(), UTF_8));
    }
    shop.namespace(LAB);
  }

  @AfterAll
  void close() {
    shop.close();
  }

  @Test
  @Order(1)
  void allRoles_areEnough() throws IOException {
    try (LimitedUser bob = user("bob")) {
      bind(bob, SHOP, "firn-machines");
      bindEverywhere(bob, "firn-cluster");

      assertThat(new Doctor(bob.cluster(), InstantSource.system()).examine(SHOP).unknown())
          .isEmpty();
      BackupPlan plan = bob.planBackup(SHOP);
      assertThat(plan.stops()).isEmpty();
      assertThat(plan.missing().isEmpty()).isTrue();
      BackupReport report = bob.backUp(shop.vault, plan);
      assertThat(report.losses()).noneMatch(loss -> loss.contains("cannot"));
      assertThat(levels(report)).allMatch(level -> level == ConsistencyLevel.FILESYSTEM);

      // Somebody has changed it since: it is not skipped as the same.
      ObjectNode changed = YAML.createObjectNode();
      changed.putObject("spec").putObject("selector").put("app", "other");
      shop.cluster.objects().mergePatch(ObjectRef.of(Kinds.SERVICE, SHOP, "till"), changed, false);
      RestorePlan back =
          bob.planRestore(shop.vault, latest(), RequestDraft.inPlace(ConflictPolicy.REPLACE));
      assertThat(back.stops()).isEmpty();
      assertThat(back.missing().isEmpty()).isTrue();
      assertThat(back.findings())
          .extracting(RestoreFinding::message)
          .anyMatch(text -> text.startsWith("the virtualmachines of other namespaces"));
      bob.restore(shop.vault, back);
      shop.await(
          Kinds.VIRTUAL_MACHINE, SHOP, "orders", o -> RestoreShop.status(o).equals("Running"));
    }
  }

  @Test
  @Order(2)
  void rightsReview_saysWhatEachRoleAllows() throws IOException {
    try (LimitedUser carol = user("carol")) {
      RightsReport nothing = new RightsReview(carol.cluster()).of(SHOP);
      assertThat(nothing.rows())
          .extracting(RightsReport.Row::verdict)
          .containsOnly(RightsReport.Verdict.MAY_NOT);
      bind(carol, SHOP, "firn-machines");

      RightsReport some = new RightsReview(carol.cluster()).of(SHOP);

      assertThat(some.rows())
          .extracting(row -> row.feature().title() + " " + row.verdict())
          .containsExactly(
              "graph PARTLY",
              "backup PARTLY",
              "freeze MAY",
              "restore PARTLY",
              "replace MAY",
              "copies MAY_NOT",
              "shared MAY_NOT",
              "cleanup MAY");
    }
  }

  @Test
  @Order(3)
  void namespacedRoleAlone_works_andSaysWhatIsUnknown() throws IOException {
    try (LimitedUser carol = user("carla")) {
      bind(carol, SHOP, "firn-machines");
      bind(carol, LAB, "firn-machines");

      BackupPlan plan = carol.planBackup(SHOP);
      assertThat(plan.stops()).isEmpty();
      assertThat(plan.missing().yaml())
          .contains("kind: ClusterRole\n")
          .doesNotContain("kind: Role\n");
      BackupReport report = carol.backUp(shop.vault, plan);

      assertThat(levels(report)).allMatch(level -> level == ConsistencyLevel.FILESYSTEM);
      assertThat(report.losses())
          .anyMatch(loss -> loss.startsWith("which VolumeSnapshotClass serves"))
          .anyMatch(loss -> loss.contains("VirtualMachineClusterInstancetype till"));

      RestorePlan copy =
          carol.planRestore(
              shop.vault, latest(), RequestDraft.to(LAB).as("orders", "copy").request());
      assertThat(copy.stops()).isEmpty();
      assertThat(copy.findings())
          .extracting(RestoreFinding::message)
          .anyMatch(text -> text.startsWith("whether StorageClass fast exists"));
      carol.restore(shop.vault, copy);
      shop.await(Kinds.VIRTUAL_MACHINE, LAB, "copy", o -> RestoreShop.status(o).equals("Running"));
    }
  }

  @Test
  @Order(4)
  void whatIsMissing_isToldAtOnce_andItsRolesAreEnough() throws IOException {
    try (LimitedUser dave = user("dave")) {
      BackupPlan refused = dave.planBackup(SHOP);
      assertThat(refused.runnable()).isFalse();
      apply(refused.missing().yaml());

      BackupPlan plan = dave.planBackup(SHOP);
      assertThat(plan.stops()).isEmpty();
      assertThat(plan.missing().isEmpty()).isTrue();
      dave.backUp(shop.vault, plan);

      RestoreRequest request = RequestDraft.to(LAB).as("orders", "third").request();
      RestorePlan against = dave.planRestore(shop.vault, latest(), request);
      assertThat(against.runnable()).isFalse();
      apply(against.missing().yaml());

      RestorePlan third = dave.planRestore(shop.vault, latest(), request);
      assertThat(third.stops()).isEmpty();
      assertThat(third.missing().isEmpty()).isTrue();
      dave.restore(shop.vault, third);
    }
  }

  @Test
  @Order(5)
  void admin_makesNamespacesAndWhatAllShare() throws IOException {
    try (LimitedUser eve = user("eve")) {
      bindEverywhere(eve, "firn-admin");
      for (ObjectRef ref :
          List.of(
              ObjectRef.of(Kinds.CLUSTER_INSTANCETYPE, "", "till"),
              ObjectRef.of(Kinds.CLUSTER_PREFERENCE, "", "till"),
              ObjectRef.of(Kinds.PRIORITY_CLASS, "", "till"))) {
        shop.cluster.objects().delete(ref, Propagation.BACKGROUND, Optional.empty());
      }

      RestorePlan plan = eve.planRestore(shop.vault, best(), RequestDraft.to("fresh").request());

      assertThat(plan.stops()).isEmpty();
      assertThat(plan.missing().isEmpty()).isTrue();
      eve.restore(shop.vault, plan);
      assertThat(shop.get(Kinds.ROLE_BINDING, "fresh", "till")).isPresent();
      assertThat(shop.get(Kinds.CLUSTER_INSTANCETYPE, "", "till")).isPresent();
      assertThat(new Doctor(eve.cluster(), InstantSource.system()).examine("").unknown()).isEmpty();
      drawLonelyMachine(eve);
    }
  }

  @Test
  @Order(6)
  void auditLog_andListOfRights_sayTheSame() throws IOException {
    AuditedRights audited =
        AuditedRights.of(
            shop.simulator.auditLog().orElseThrow(),
            user -> user.startsWith("system:serviceaccount:firn-users:"));

    assertThat(audited.unlisted()).isEmpty();
    Set<String> unused = audited.unused();
    // Whether something is watched is a matter of whether it was there at the first look.
    unused.removeIf(right -> right.startsWith("watch "));
    unused.removeAll(SELDOM);
    assertThat(unused).isEmpty();
  }

  /// A machine that waits for its devices, and for an image that is not imported yet.
  private void drawLonelyMachine(LimitedUser user) throws IOException {
    apply(
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata:
          name: lonely
          namespace: shop
          annotations: {kubevirt.io/immediate-data-volume-creation: "false"}
        spec:
          runStrategy: Halted
          dataVolumeTemplates:
          - metadata: {name: lonely-root}
            spec:
              sourceRef: {kind: DataSource, name: golden, namespace: shop}
              storage: {resources: {requests: {storage: 4Mi}}}
          template:
            spec:
              domain:
                memory: {guest: 128Mi}
                devices: {disks: [{name: root, disk: {bus: virtio}}]}
              volumes: [{name: root, dataVolume: {name: lonely-root}}]
        """);
    ObjectRef lonely = ObjectRef.of(Kinds.VIRTUAL_MACHINE, SHOP, "lonely");
    new GraphBuilder(new ClusterLookup(user.cluster().objects())).build(List.of(lonely));
  }

  private LimitedUser user(String name) {
    return LimitedUser.make(shop.simulator, name);
  }

  private void bind(LimitedUser user, String namespace, String role) throws IOException {
    apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: "%s", namespace: %s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}
        subjects: [%s]
        """
            .formatted(UUID.randomUUID(), namespace, role, user.subject()));
  }

  private void bindEverywhere(LimitedUser user, String role) throws IOException {
    apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: "firn-%s"}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}
        subjects: [%s]
        """
            .formatted(UUID.randomUUID(), role, user.subject()));
  }

  /// As an admin would with kubectl.
  private void apply(String yaml) throws IOException {
    try (var documents = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
      while (documents.hasNext()) {
        create(documents.next());
      }
    }
  }

  private void create(ObjectNode object) {
    try {
      shop.cluster.objects().create(object, false);
    } catch (ClusterException e) {
      throw new AssertionError(object.toString(), e);
    }
  }

  private PointSummary latest() {
    return new PointCatalog(shop.vault).find("latest", PointFilter.inNamespace(SHOP));
  }

  /// The point of whom nothing was hidden.
  private PointSummary best() {
    List<PointSummary> points = new PointCatalog(shop.vault).list(PointFilter.inNamespace(SHOP));
    return points.stream().min(Comparator.comparing(point -> point.name().value())).orElseThrow();
  }

  private static List<ConsistencyLevel> levels(BackupReport report) {
    return report.points().stream()
        .flatMap(point -> point.machines().stream())
        .map(MachineReport::level)
        .toList();
  }
}
