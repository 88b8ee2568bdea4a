package io.firn.restore;

import static io.firn.restore.RestoreShop.phase;
import static io.firn.restore.RestoreShop.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.BackupListener;
import io.firn.backup.BackupPlanner;
import io.firn.backup.BackupReport;
import io.firn.backup.BackupRequest;
import io.firn.backup.BackupRunner;
import io.firn.backup.Selection;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cases of KubeVirt's vendor compatibility suite: one namespace with all of them, backed up,
/// emptied and restored; then parts of it.
final class VendorCasesTest {
  private static final String SUITE = "suite";
  private static final List<ResourceKind> KINDS =
      List.of(
          Kinds.VIRTUAL_MACHINE,
          Kinds.INSTANCE,
          Kinds.CLAIM,
          Kinds.CONFIG_MAP,
          Kinds.SECRET,
          Kinds.SERVICE_ACCOUNT);

  @TempDir private static Path folder;
  private static RestoreShop shop;
  private static PointSummary whole;
  private static PointSummary labelled;
  private static RestoreReport report;
  private static String tpmOwner = "";

  @BeforeAll
  static void backUpEmptyAndRestore() {
    shop = new RestoreShop(folder);
    shop.namespace(SUITE);
    golden();
    shop.apply("suite.yaml");
    shop.await(Kinds.INSTANCE, SUITE, "full", o -> o.toString().contains("AgentConnected"));
    shop.await(Kinds.INSTANCE, SUITE, "clustered", o -> phase(o).equals("Running"));
    shop.await(Kinds.INSTANCE, SUITE, "solo", o -> phase(o).equals("Running"));
    plugIn();
    changeTypes();
    remove(Kinds.CLAIM, SUITE, "golden");
    whole = backUp(new Selection.All(SUITE, KINDS), "whole");
    labelled = backUp(new Selection.Labelled(SUITE, "a.test.label=included", KINDS), "labelled");
    tpmOwner = shop.need(Kinds.VIRTUAL_MACHINE, SUITE, "full").at("/metadata/uid").asText();
    shop.deleteNamespace(SUITE);
    report = shop.restore(whole, RequestDraft.inPlace(ConflictPolicy.FAIL));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  /// What `clustered` is cloned from, and what is gone when it is restored.
  private static void golden() {
    shop.cluster
        .objects()
        .create(
            RestoreShop.object(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: golden, namespace: suite}
                spec:
                  accessModes: [ReadWriteMany]
                  storageClassName: fast
                  volumeMode: Block
                  resources: {requests: {storage: 4Mi}}
                """),
            false);
    shop.await(Kinds.CLAIM, SUITE, "golden", o -> phase(o).equals("Bound"));
  }

  /// A disk that the running machine gets.
  private static void plugIn() {
    ObjectNode machine = shop.need(Kinds.VIRTUAL_MACHINE, SUITE, "full");
    ObjectNode spec = (ObjectNode) machine.at("/spec/template/spec");
    ObjectNode patch = RestoreShop.object("{spec: {template: {spec: {}}}}");
    ObjectNode wanted = (ObjectNode) patch.at("/spec/template/spec");
    wanted
        .putArray("volumes")
        .addAll((ArrayNode) spec.get("volumes"))
        .add(
            RestoreShop.object(
                "{name: plugged, persistentVolumeClaim: {claimName: plugged, hotpluggable:"
                    + " true}}"));
    wanted
        .withObject("/domain/devices")
        .putArray("disks")
        .addAll((ArrayNode) spec.at("/domain/devices/disks"))
        .add(RestoreShop.object("{name: plugged, disk: {bus: scsi}}"));
    shop.cluster
        .objects()
        .mergePatch(ObjectRef.of(Kinds.VIRTUAL_MACHINE, SUITE, "full"), patch, false);
  }

  /// After the machines started: they go on with what they started with.
  private static void changeTypes() {
    ObjectNode more = RestoreShop.object("{spec: {cpu: {guest: 4}, memory: {guest: 1Gi}}}");
    ObjectNode bus = RestoreShop.object("{spec: {devices: {preferredDiskBus: sata}}}");
    shop.cluster.objects().mergePatch(ObjectRef.of(Kinds.INSTANCETYPE, SUITE, "it"), more, false);
    shop.cluster.objects().mergePatch(ObjectRef.of(Kinds.PREFERENCE, SUITE, "pref"), bus, false);
    shop.cluster
        .objects()
        .mergePatch(ObjectRef.of(Kinds.CLUSTER_INSTANCETYPE, "", "suite-cluster-it"), more, false);
    shop.cluster
        .objects()
        .mergePatch(ObjectRef.of(Kinds.CLUSTER_PREFERENCE, "", "suite-cluster-pref"), bus, false);
  }

  private static PointSummary backUp(Selection selection, String name) {
    BackupRequest request =
        new BackupRequest(
            List.of(selection),
            Optional.empty(),
            Set.of(),
            RestoreShop.BACKUP_OPTIONS,
            Map.of("backup", name));
    BackupReport taken =
        new BackupRunner(shop.cluster, InstantSource.system(), new Random(), "test")
            .run(
                new BackupPlanner(shop.cluster, InstantSource.system()).plan(request),
                shop.vault,
                BackupListener.SILENT);
    assertThat(taken.points()).hasSize(1);
    List<PointSummary> found =
        new PointCatalog(shop.vault)
            .list(new PointFilter(Optional.empty(), Optional.empty(), Map.of("backup", name)));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static void remove(ResourceKind kind, String namespace, String name) {
    ObjectRef ref = ObjectRef.of(kind, namespace, name);
    shop.cluster.objects().delete(ref, Propagation.BACKGROUND, Optional.empty());
    shop.cluster.objects().await(ref, Optional::isEmpty, java.time.Duration.ofSeconds(60));
  }

  @Test
  void machines_run_withEveryDisk_andTheirData() {
    for (String machine : List.of("full", "clustered")) {
      assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, SUITE, machine))).isEqualTo("Running");
    }
    assertThat(phase(shop.need(Kinds.INSTANCE, SUITE, "solo"))).isEqualTo("Running");
    assertThat(report.volumes())
        .extracting(v -> v.claim().name())
        .contains("full-root", "extra", "plugged", "clustered-root", "solo-root", "standalone");
    assertThat(BackedUpShop.digests(report))
        .isEqualTo(new BackedUpShop(shop, whole).digestsOf(report));
  }

  @Test
  void hotpluggedDisk_isInTheMachineAgain() {
    assertThat(shop.need(Kinds.VIRTUAL_MACHINE, SUITE, "full").at("/spec/template/spec/volumes"))
        .anyMatch(v ->
            v.at("/persistentVolumeClaim/claimName").asText().equals("plugged")
                && v.at("/persistentVolumeClaim/hotpluggable").asBoolean());
  }

  @Test
  void configMapSecretAccountCloudInitAndCredentials_areThere() {
    assertThat(shop.need(Kinds.CONFIG_MAP, SUITE, "settings").at("/data/mode").asText())
        .isEqualTo("shop");
    for (String secret : List.of("machine-secret", "ssh-keys", "cloudinit", "unattached")) {
      assertThat(shop.get(Kinds.SECRET, SUITE, secret)).as(secret).isPresent();
    }
    assertThat(shop.get(Kinds.SERVICE_ACCOUNT, SUITE, "machine-sa")).isPresent();
  }

  @Test
  void typesChangedAfterTheStart_machinesKeepTheirOwn() {
    for (String machine : List.of("full", "clustered")) {
      String revision =
          shop.need(Kinds.VIRTUAL_MACHINE, SUITE, machine)
              .at("/spec/instancetype/revisionName")
              .asText();
      assertThat(revision).as(machine).isNotEmpty();
      assertThat(
              shop.need(Kinds.CONTROLLER_REVISION, SUITE, revision)
                  .at("/data/spec/cpu/guest")
                  .asInt())
          .as(machine)
          .isEqualTo(1);
    }
  }

  @Test
  void tpmState_belongsToTheNewMachine() {
    ObjectNode machine = shop.need(Kinds.VIRTUAL_MACHINE, SUITE, "full");
    assertThat(machine.at("/metadata/uid").asText()).isNotEqualTo(tpmOwner);
    assertThat(RestoreShop.owner(shop.stateClaim(SUITE, "full")))
        .isEqualTo(machine.at("/metadata/uid").asText());
  }

  @Test
  void dataVolumeWhoseSourceIsGone_hasSucceeded() {
    assertThat(shop.get(Kinds.CLAIM, SUITE, "golden")).isEmpty();
    assertThat(phase(shop.need(Kinds.DATA_VOLUME, SUITE, "clustered-root"))).isEqualTo("Succeeded");
    assertThat(phase(shop.need(Kinds.DATA_VOLUME, SUITE, "extra"))).isEqualTo("Succeeded");
  }

  @Test
  void backupByLabel_holdsMachinesAndWhatHasNone_andNothingElse() {
    assertThat(labelled.machines())
        .extracting(ObjectRef::name)
        .containsExactlyInAnyOrder("full", "standalone");
    RestorePlan plan = shop.plan(labelled, RequestDraft.to("nowhere").request());
    assertThat(plan.actions())
        .extracting(a -> a.source().kind() + "/" + a.source().name())
        .contains("Secret/unattached", "ConfigMap/settings", "Secret/ssh-keys")
        .doesNotContain("VirtualMachine/clustered", "VirtualMachineInstance/solo");
  }

  @Test
  void oneClaimByLabel_comesAlone_withoutItsMachine() {
    RestoreRequest request =
        RequestDraft.to("one-claim").request().matching(LabelSelector.parse("disk=full-root"));

    RestoreReport only = shop.restore(whole, request);

    assertThat(only.volumes()).extracting(v -> v.claim().name()).containsExactly("full-root");
    assertThat(shop.get(Kinds.VIRTUAL_MACHINE, "one-claim", "full")).isEmpty();
    assertThat(shop.need(Kinds.CLAIM, "one-claim", "full-root").toString())
        .doesNotContain("firn.io/");
  }

  @Test
  void oneClaimByUid_orUnderAnotherName_isThePlanThatSaysWhatIsLeftOut() {
    String uid = capturedUid("full-root");
    RestorePlan plan =
        shop.plan(whole, RequestDraft.to("by-uid").request().onlyVolumes(Set.of(uid)));

    assertThat(plan.populates()).extracting(p -> p.target().name()).containsExactly("full-root");
    assertThat(plan.of(RestoreAction.Create.class)).isEmpty();
    assertThat(plan.of(RestoreAction.Skip.class))
        .anySatisfy(skip -> {
          assertThat(skip.source().name()).isEqualTo("full");
          assertThat(skip.reason()).contains("--only-volume");
        });

    RestoreRequest beside = RequestDraft.inPlace(ConflictPolicy.FAIL).onlyVolumes(Set.of("extra"));
    assertThat(shop.plan(whole, beside).conflicts()).isNotEmpty();
    RestoreRequest renamed =
        new RestoreRequest(
            Set.of(),
            Map.of("extra", "extra-old"),
            Optional.empty(),
            Map.of(),
            false,
            false,
            Optional.empty(),
            ConflictPolicy.FAIL,
            RestoreShop.OPTIONS,
            Set.of("extra"),
            Optional.empty());
    shop.restore(whole, renamed);
    assertThat(phase(shop.need(Kinds.DATA_VOLUME, SUITE, "extra-old"))).isEqualTo("Succeeded");
  }

  @Test
  void namesAndLabelsThatMatchNothing_areRefused_andSayWhatThereIs() {
    RestoreRequest request = RequestDraft.to("x").request();
    assertThatThrownBy(() -> shop.plan(whole, request.onlyVolumes(Set.of("nope"))))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.failure().guidance()).contains("extra", "standalone"));
    assertThatThrownBy(() -> shop.plan(whole, request.matching(LabelSelector.parse("no=thing"))))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.failure().guidance()).contains("a.test.label=included"));
  }

  @Test
  void equalObjects_areLeftAlone() {
    RestorePlan plan =
        shop.plan(
            whole,
            RequestDraft.inPlace(ConflictPolicy.FAIL)
                .matching(LabelSelector.parse("a.test.label in (included),!kubevirt.io/x")));
    assertThat(plan.of(RestoreAction.Skip.class))
        .anySatisfy(skip -> {
          assertThat(skip.target().toString()).isEqualTo("ConfigMap suite/settings");
          assertThat(skip.reason()).contains("same content");
        });
    assertThat(plan.conflicts())
        .extracting(c -> c.target().kind())
        .doesNotContain("ConfigMap", "Secret", "ServiceAccount");
  }

  @Test
  void claimThatAMachineWaitsFor_isNotMadeUnderIt() {
    shop.namespace("waiting");
    shop.cluster
        .objects()
        .create(
            RestoreShop.object(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: eager, namespace: waiting}
                spec:
                  runStrategy: Always
                  template:
                    spec:
                      domain:
                        memory: {guest: 128Mi}
                        devices: {disks: [{name: root, disk: {bus: virtio}}]}
                      volumes: [{name: root, persistentVolumeClaim: {claimName: standalone}}]
                """),
            false);

    RestorePlan plan =
        shop.plan(whole, RequestDraft.to("waiting").request().onlyVolumes(Set.of("standalone")));

    assertThat(plan.stops())
        .anySatisfy(stop -> {
          assertThat(stop.message()).contains("eager", "before it is filled");
          assertThat(stop.nextStep()).contains("virtctl stop eager -n waiting");
        });
  }

  private static String capturedUid(String claim) {
    try (var reader = io.firn.point.PointReader.open(shop.vault, whole)) {
      return reader
          .definition(ObjectRef.of(Kinds.CLAIM, SUITE, claim))
          .orElseThrow()
          .at("/metadata/uid")
          .asText();
    }
  }
}
