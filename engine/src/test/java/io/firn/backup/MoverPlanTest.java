package io.firn.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverTemplate;
import io.firn.fake.Yaml;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.DomainPolicy;
import io.firn.simulator.api.AdmissionPlugin;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan finds out about the movers that a namespace would refuse, before anything is frozen.
class MoverPlanTest {
  @TempDir static Path folder;
  private static SimulatedShop shop;

  @BeforeAll
  static void start() {
    shop = new SimulatedShop(folder, 5);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void restricted_takesMovers_andKeepsNothingOfTheTrial() {
    ObjectRef vm = stoppedMachine("hardened");
    label("hardened", "restricted");
    BackupPlan plan = plan(vm, MoverTemplate.STANDARD, false);
    assertThat(plan.findings()).isEmpty();
    assertThat(shop.temporary("hardened")).isEmpty();
    assertThat(shop.cluster.objects().list(Kinds.POD, "hardened", "")).isEmpty();
  }

  @Test
  void restricted_vaultOfTheNode_isToldBeforehand() {
    ObjectRef vm = stoppedMachine("hostpath");
    label("hostpath", "restricted");
    assertThat(plan(vm, MoverTemplate.STANDARD, true).stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.message())
              .contains("violates PodSecurity \"restricted:latest\"", "hostPath");
          assertThat(stop.nextStep()).contains("pvc:");
        });
  }

  @Test
  void restricted_rootTold_isRefused() {
    ObjectRef vm = stoppedMachine("rooted");
    label("rooted", "restricted");
    assertThat(plan(vm, new MoverTemplate(Yaml.object("{}"), true), false).stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.message()).contains("runAsUser=0");
          assertThat(stop.nextStep()).contains("--mover-root");
        });
  }

  @Test
  void limitRange_beyond_isToldWithTheFlag_andTheFlagHelps() {
    ObjectRef vm = stoppedMachine("bounded");
    shop.create(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: bounds, namespace: bounded}
        spec: {limits: [{type: Container, max: {memory: 512Mi}}]}
        """);
    assertThat(plan(vm, MoverTemplate.STANDARD, false).stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.message())
              .contains("maximum memory usage per Container is 512Mi, but limit is 768Mi");
          assertThat(stop.nextStep()).contains("--mover-memory");
        });
    MoverTemplate smaller = mover("resources: {limits: {memory: 512Mi}}");
    assertThat(plan(vm, smaller, false).runnable()).isTrue();
  }

  @Test
  void quota_thatHasRoomForOneMover_isToldForTwo() {
    ObjectRef vm = stoppedMachine("narrow");
    shop.create(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: one, namespace: narrow}
        spec: {hard: {limits.memory: 1Gi}}
        """);
    assertThat(plan(vm, MoverTemplate.STANDARD, false).stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.message()).contains("limits.memory", "ResourceQuota narrow/one", "1Gi");
          assertThat(stop.nextStep()).contains("--parallel");
        });
  }

  @Test
  void quota_ofClaimsAndSnapshots_isToldBeforehand() {
    ObjectRef vm = stoppedMachine("full");
    shop.create(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: claims, namespace: full}
        spec: {hard: {persistentvolumeclaims: 2, count/volumesnapshots.snapshot.storage.k8s.io: 1}}
        """);
    assertThat(plan(vm, MoverTemplate.STANDARD, false).stops())
        .anySatisfy(stop -> assertThat(stop.message()).contains("persistentvolumeclaims"))
        .anySatisfy(stop -> assertThat(stop.message()).contains("count/volumesnapshots"));
  }

  @Test
  void policyOfTheNamespace_isToldInItsWords_andATemplateMeetsIt() {
    ObjectRef vm = stoppedMachine("policed");
    shop.simulator.admit(new NeedsTeam("policed"));
    assertThat(plan(vm, MoverTemplate.STANDARD, false).stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.message()).contains("every pod has a team");
          assertThat(stop.nextStep()).contains("--mover-label");
        });
    MoverTemplate labelled =
        new MoverTemplate(Yaml.object("{metadata: {labels: {team: snow}}}"), false);
    assertThat(plan(vm, labelled, false).runnable()).isTrue();
  }

  @Test
  void templateWithAFieldThatNobodyKnows_isRefused() {
    ObjectRef vm = stoppedMachine("typed");
    MoverTemplate wrong = new MoverTemplate(Yaml.object("{spec: {nodeSelectr: {a: b}}}"), false);
    assertThat(plan(vm, wrong, false).stops())
        .singleElement()
        .satisfies(stop -> assertThat(stop.message()).contains("nodeSelectr"));
  }

  private static MoverTemplate mover(String fields) {
    return new MoverTemplate(
        Yaml.object("{spec: {containers: [{name: mover, %s}]}}".formatted(fields)), false);
  }

  /// With two volumes.
  private static ObjectRef stoppedMachine(String namespace) {
    shop.namespace(namespace);
    shop.claim(namespace, "root");
    shop.claim(namespace, "data");
    return shop.machine(namespace, "db", "Halted", true, "root", "data");
  }

  private static void label(String namespace, String level) {
    ObjectNode patch = Yaml.object("{metadata: {labels: {}}}");
    patch.withObject("/metadata/labels").put("pod-security.kubernetes.io/enforce", level);
    shop.cluster.objects().mergePatch(ObjectRef.of(Kinds.NAMESPACE, "", namespace), patch, false);
  }

  private static BackupPlan plan(ObjectRef vm, MoverTemplate mover, boolean vaultNamed) {
    BackupOptions standard = SimulatedShop.OPTIONS;
    BackupOptions options =
        new BackupOptions(
            standard.unfreezeTimeout(),
            standard.snapshotDeadline(),
            standard.readyDeadline(),
            standard.exportDeadline(),
            2,
            standard.moverRetries(),
            mover,
            0,
            1,
            standard.compression());
    BackupRequest request =
        new BackupRequest(List.of(new Selection.Named(vm)), Optional.empty(), Set.of(), options);
    BackupPlanner planner =
        vaultNamed
            ? new BackupPlanner(
                shop.cluster,
                InstantSource.system(),
                DomainPolicy.PER_NAMESPACE,
                shop.vault.moverAccess())
            : new BackupPlanner(shop.cluster, InstantSource.system());
    return planner.plan(request);
  }

  /// A policy such as admins write.
  private record NeedsTeam(String namespace) implements AdmissionPlugin {
    @Override
    public String name() {
      return "teams.example.com";
    }

    @Override
    public boolean handles(Request request) {
      return request.plural().equals("pods")
          && request.operation().equals("CREATE")
          && request.namespace().equals(namespace);
    }

    @Override
    public void validate(Request request, ObjectNode object) throws Denial {
      if (!object.at("/metadata/labels").has("team")) {
        throw new Denial(403, "Forbidden", "every pod has a team");
      }
    }
  }
}
