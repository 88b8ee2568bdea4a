package io.firn.restore;

import static io.firn.restore.RestoreShop.SHOP;
import static io.firn.restore.RestoreShop.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.PointReader;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.faults.Fault;
import io.firn.simulator.guest.Guest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Restores through a real API with movers as processes. The shop of `shop.yaml` is backed up once;
/// each test restores that point to a namespace of its own.
final class RestoreEndToEndTest {
  @TempDir private static Path folder;
  private static RestoreShop shop;
  private static PointSummary point;

  @BeforeAll
  static void openAndBackUp() {
    shop = new RestoreShop(folder);
    shop.open();
    point = shop.backUp(SHOP);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @AfterEach
  void calm() {
    shop.simulator.faults().clear();
  }

  @Test
  void wholePoint_toANewNamespace_comesBackToItsRunState() {
    RestoreReport report = shop.restore(point, RequestDraft.to("again").request());

    assertThat(report.warnings()).isEmpty();
    assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, "again", "orders"))).isEqualTo("Running");
    assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, "again", "web"))).isEqualTo("Stopped");
    assertThat(shop.get(Kinds.INSTANCE, "again", "bastion")).isPresent();
    assertThat(shop.get(Kinds.REPLICA_SET, "again", "workers")).isPresent();
    assertThat(digests(report)).isEqualTo(capturedDigests(report));
    assertThat(shop.leftovers("again")).isEmpty();
  }

  @Test
  void restoredMachine_bootsFromItsOwnConsistentDisks_withItsOwnState() {
    shop.restore(point, RequestDraft.to("boots").only("orders").request());

    Guest guest = shop.simulator.guest("boots", "orders").orElseThrow();
    assertThat(guest.journal().orElseThrow().consistent()).isTrue();
    assertThat(guest.journal().orElseThrow().recordsFirst()).isPositive();
    ObjectNode machine = shop.need(Kinds.VIRTUAL_MACHINE, "boots", "orders");
    ObjectNode state = shop.stateClaim("boots", "orders");
    assertThat(owner(state)).isEqualTo(machine.at("/metadata/uid").asText());
    String revision = machine.at("/status/instancetypeRef/controllerRevisionRef/name").asText();
    ObjectNode kept = shop.need(Kinds.CONTROLLER_REVISION, "boots", revision);
    assertThat(owner(kept)).isEqualTo(machine.at("/metadata/uid").asText());
    assertThat(machine.toString()).doesNotContain("firn.io/restore");
    assertThat(kept.toString()).doesNotContain("firn.io/restore");
    assertThat(machine.at("/metadata/labels/firn.io~1point").asText())
        .isEqualTo(point.name().value());
  }

  @Test
  void namespaceDeleted_restoredInPlace_isAsBefore() {
    shop.restore(point, RequestDraft.to("lost").only("orders").request());
    PointSummary taken = shop.backUp("lost");
    ObjectNode before = shop.need(Kinds.VIRTUAL_MACHINE, "lost", "orders");
    shop.deleteNamespace("lost");

    RestoreReport report = shop.restore(taken, RequestDraft.inPlace(ConflictPolicy.FAIL));

    assertThat(report.warnings()).isEmpty();
    ObjectNode after = shop.need(Kinds.VIRTUAL_MACHINE, "lost", "orders");
    assertThat(status(after)).isEqualTo("Running");
    assertThat(after.path("spec")).isEqualTo(before.path("spec"));
    ObjectNode dataVolume = shop.need(Kinds.DATA_VOLUME, "lost", "orders-root");
    assertThat(owner(dataVolume)).isEqualTo(after.at("/metadata/uid").asText());
    assertThat(owner(shop.need(Kinds.CLAIM, "lost", "orders-root")))
        .isEqualTo(dataVolume.at("/metadata/uid").asText());
    assertThat(shop.simulator.guest("lost", "orders").orElseThrow().journal().orElseThrow())
        .matches(journal -> journal.consistent());
  }

  @Test
  void copy_besideTheLivingMachine_runsUnderItsOwnIdentity() {
    RestoreReport report =
        shop.restore(point, RequestDraft.to("lab").as("orders", "orders-copy").request());

    assertThat(report.warnings()).isEmpty();
    ObjectNode copy = shop.need(Kinds.VIRTUAL_MACHINE, "lab", "orders-copy");
    ObjectNode living = shop.need(Kinds.VIRTUAL_MACHINE, SHOP, "orders");
    assertThat(status(copy)).isEqualTo("Running");
    assertThat(status(living)).isEqualTo("Running");
    for (String identity :
        List.of(
            "/spec/template/spec/domain/firmware/uuid",
            "/spec/template/spec/domain/devices/interfaces/1/macAddress")) {
      assertThat(copy.at(identity).asText())
          .isNotEmpty()
          .isNotEqualTo(living.at(identity).asText());
    }
    assertThat(tpmState("lab", "orders-copy", copy)).isEqualTo(tpmState(SHOP, "orders", living));
    assertThat(shop.get(Kinds.VIRTUAL_MACHINE, "lab", "web")).isEmpty();
  }

  @Test
  void copy_inTheSameNamespace_hasVolumesOfItsOwn() {
    RestoreRequest request = RequestDraft.to(SHOP).as("web", "web-copy").request();

    shop.restore(point, request);

    assertThat(shop.get(Kinds.CLAIM, SHOP, "web-copy-root")).isPresent();
    assertThat(
            shop.need(Kinds.VIRTUAL_MACHINE, SHOP, "web-copy")
                .at("/spec/template/spec/volumes/0/persistentVolumeClaim/claimName")
                .asText())
        .isEqualTo("web-copy-root");
  }

  @Test
  void copy_withTheMacOfTheLivingMachine_isStoppedOnTheSameNetwork_warnedOfElsewhere() {
    RestorePlan same = shop.plan(point, RequestDraft.to(SHOP).asTwin("orders", "twin").request());
    RestorePlan other = shop.plan(point, RequestDraft.to("far").asTwin("orders", "twin").request());

    assertThat(same.stops())
        .anySatisfy(stop -> {
          assertThat(stop.code()).isEqualTo(FailureCode.RESTORE_CONFLICT);
          assertThat(stop.message()).contains("02:4f:52:44:00:01").contains("same network");
          assertThat(stop.nextStep()).contains("--new-mac");
        });
    assertThat(other.runnable()).isTrue();
    assertThat(other.findings())
        .extracting(RestoreFinding::message)
        .anyMatch(m -> m.contains("02:4f:52:44:00:01"))
        .anyMatch(m -> m.contains("firmware UUID"));
  }

  @Test
  void interrupted_endsAndSaysHowToGoOn() throws InterruptedException {
    RestorePlan plan = shop.plan(point, RequestDraft.to("stopped").only("web").request());
    AtomicReference<FailureCode> code = new AtomicReference<>(FailureCode.INTERNAL);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                shop.run(plan, new InterruptingListener());
              } catch (FirnException e) {
                code.set(e.failure().code());
              }
            });
    thread.join();
    assertThat(code).hasValue(FailureCode.INTERRUPTED);
    assertThat(shop.leftovers("stopped")).isEmpty();
    assertThat(shop.get(Kinds.VIRTUAL_MACHINE, "stopped", "web")).isEmpty();
  }

  /// What Ctrl-C does, when volumes are about to be filled.
  private static final class InterruptingListener implements RestoreListener {
    @Override
    public void step(Step step, String detail) {
      if (step == Step.POPULATE) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {}

    @Override
    public void warning(String message) {}
  }

  @Test
  void existingMachine_isAConflict_andNothingIsTouched() {
    Map<ObjectRef, String> before = shop.everything(SHOP);

    RestorePlan plan = shop.plan(point, RequestDraft.inPlace(ConflictPolicy.FAIL));

    assertThat(plan.conflicts())
        .extracting(c -> c.target().toString())
        .contains("VirtualMachine shop/orders", "PersistentVolumeClaim shop/orders-root");
    assertThatThrownBy(() -> shop.run(plan, RestoreListener.SILENT))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RESTORE_CONFLICT));
    assertThat(shop.everything(SHOP)).isEqualTo(before);
  }

  @Test
  void existingMachine_replaced_hasTheCapturedDataAgain() {
    RestoreRequest there = RequestDraft.to("replaced").only("orders").request();
    shop.restore(point, there);
    String old =
        shop.need(Kinds.VIRTUAL_MACHINE, "replaced", "orders").at("/metadata/uid").asText();
    RestoreRequest again =
        new RestoreRequest(
            there.machines(),
            there.renames(),
            there.targetNamespace(),
            there.storageClasses(),
            there.newMac(),
            there.newFirmwareUuid(),
            there.runStrategy(),
            ConflictPolicy.REPLACE,
            there.options());

    RestoreReport report = shop.restore(point, again);

    assertThat(report.volumes()).hasSize(3);
    assertThat(digests(report)).isEqualTo(capturedDigests(report));
    ObjectNode machine = shop.need(Kinds.VIRTUAL_MACHINE, "replaced", "orders");
    assertThat(machine.at("/metadata/uid").asText()).isNotEqualTo(old);
    assertThat(status(machine)).isEqualTo("Running");
    assertThat(shop.stateClaim("replaced", "orders")).isNotNull();
  }

  @Test
  void existingMachine_skipped_isLeftAlone_withItsVolumes() {
    RestoreRequest there = RequestDraft.inPlace(ConflictPolicy.SKIP);
    RestorePlan plan = shop.plan(point, there);
    assertThat(plan.runnable()).isTrue();
    assertThat(plan.populates()).isEmpty();
    assertThat(plan.machines()).isEmpty();
  }

  @Test
  void storageClassAbsent_stopsThePlan_mappingHelps() {
    RestorePlan plan =
        shop.plan(
            point, RequestDraft.to("slow").only("web").withClass("fast", "glacial").request());
    assertThat(plan.runnable()).isFalse();
    assertThat(plan.stops())
        .anySatisfy(stop -> {
          assertThat(stop.message()).contains("glacial");
          assertThat(stop.nextStep()).contains("--storage-class");
        });
  }

  @Test
  void quotaExceeded_isFoundByThePlan() {
    shop.namespace("tight");
    shop.cluster
        .objects()
        .create(
            RestoreShop.object(
                """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: small, namespace: tight}
                spec: {hard: {requests.storage: 20Mi}}
                """),
            false);
    RestorePlan plan = shop.plan(point, RequestDraft.to("tight").only("orders").request());
    assertThat(plan.runnable()).isFalse();
    assertThat(plan.stops())
        .anySatisfy(stop -> assertThat(stop.message()).contains("exceeded quota"));
    assertThat(shop.get(Kinds.CLAIM, "tight", "orders-root")).isEmpty();
  }

  @Test
  void webhookDenial_isFoundByThePlanInItsWords() {
    shop.namespace("strict");
    shop.simulator.apiServer().admit(new Denying("strict"));
    RestorePlan plan = shop.plan(point, RequestDraft.to("strict").only("web").request());
    assertThat(plan.stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.code()).isEqualTo(FailureCode.RESTORE_REJECTED);
          assertThat(stop.message()).contains("no machines here on Mondays");
        });
    assertThat(shop.get(Kinds.VIRTUAL_MACHINE, "strict", "web")).isEmpty();
  }

  @Test
  void unknownMachine_isRefusedAndTellsTheOthers() {
    assertThatThrownBy(() -> shop.plan(point, RequestDraft.to("x").only("nobody").request()))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.OBJECT_NOT_FOUND);
              assertThat(e.failure().guidance()).contains("orders", "web");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = RestoreListener.Step.class,
      names = {"POPULATE", "APPLY", "START"})
  void killedHalfway_runAgain_finishes(RestoreListener.Step step) {
    String namespace = "killed-" + step.name().toLowerCase(java.util.Locale.ROOT);
    RestoreRequest request = RequestDraft.to(namespace).only("orders").request();
    RestorePlan first = shop.plan(point, request);
    assertThatThrownBy(() -> shop.run(first, new CutOff(shop, step)))
        .isInstanceOf(FirnException.class);
    shop.simulator.faults().clear();
    shop.pretendProcessEnded(namespace);

    RestorePlan second = shop.plan(point, request);
    assertThat(second.conflicts()).isEmpty();
    RestoreReport report = shop.run(second, RestoreListener.SILENT);

    assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, namespace, "orders"))).isEqualTo("Running");
    assertThat(shop.simulator.guest(namespace, "orders").orElseThrow().journal().orElseThrow())
        .matches(journal -> journal.consistent());
    assertThat(report.adopted()).isNotEmpty();
    assertThat(shop.need(Kinds.VIRTUAL_MACHINE, namespace, "orders").toString())
        .doesNotContain("firn.io/restore");
  }

  @Test
  void damagedVault_isRefused_andNothingIsStarted(@TempDir Path other) throws IOException {
    Path copy = other.resolve("vault");
    Damaging.copy(shop.vaultFolder, copy);
    Damaging.flipBitInLargestPack(copy.resolve(SHOP));
    try (Vault damaged = RestoreShop.openVault(copy, false)) {
      RestorePlan plan =
          shop.plan(damaged, point, RequestDraft.to("hurt").only("orders").request());
      RestoreRunner runner = new RestoreRunner(shop.cluster, InstantSource.system(), new Random());
      assertThatThrownBy(() -> runner.run(plan, damaged, RestoreListener.SILENT))
          .isInstanceOfSatisfying(
              FirnException.class,
              e -> {
                assertThat(e.failure().code()).isEqualTo(FailureCode.VAULT_DAMAGED);
                assertThat(e.failure().summary()).contains("PersistentVolumeClaim hurt/");
              });
    }
    assertThat(shop.get(Kinds.VIRTUAL_MACHINE, "hurt", "orders")).isEmpty();
    assertThat(shop.leftovers("hurt")).isEmpty();
  }

  @Test
  void planText_showsActionsRewritesAndTotals() {
    RestorePlan plan =
        shop.plan(point, RequestDraft.to("shown").as("orders", "orders-copy").request());
    String text = String.join("\n", RestorePlanText.lines(plan));
    assertThat(text)
        .contains("populate")
        .contains("metadata.name: orders → orders-copy")
        .contains("spec.runStrategy: Always → Halted")
        .contains("in the end VirtualMachine shown/orders-copy: Always");
    assertThat(RestorePlanText.json(plan).path("totalBytes").asLong()).isEqualTo(plan.totalBytes());
  }

  /// The TPM's state, where the launcher looks for it: in a folder named by the firmware UUID.
  private static byte[] tpmState(String namespace, String name, ObjectNode machine) {
    String volume = shop.stateClaim(namespace, name).at("/spec/volumeName").asText();
    String handle = shop.need(Kinds.VOLUME, "", volume).at("/spec/csi/volumeHandle").asText();
    String uuid = machine.at("/spec/template/spec/domain/firmware/uuid").asText();
    Path file = Path.of("swtpm", uuid, "tpm2-00.permall");
    try {
      return Files.readAllBytes(shop.simulator.volumeStore().path(handle).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String owner(ObjectNode object) {
    return object.at("/metadata/ownerReferences/0/uid").asText();
  }

  private static Map<String, String> digests(RestoreReport report) {
    Map<String, String> digests = new HashMap<>();
    report.volumes().forEach(v -> digests.put(v.claim().name(), v.digest()));
    return digests;
  }

  private static Map<String, String> capturedDigests(RestoreReport report) {
    Map<String, String> digests = new HashMap<>();
    try (PointReader reader = PointReader.open(shop.vault, point)) {
      for (VolumeFacts volume : reader.manifest().volumes()) {
        if (report.volumes().stream().anyMatch(v -> v.claim().name().equals(volume.claim()))) {
          digests.put(volume.claim(), volume.digest());
        }
      }
    }
    return digests;
  }

  /// From that step on the API server refuses everything: to the cluster it is as if the process
  /// had been killed.
  private record CutOff(RestoreShop shop, RestoreListener.Step at) implements RestoreListener {
    @Override
    public void step(Step step, String detail) {
      if (step == at && step != Step.POPULATE) {
        cut();
      }
    }

    @Override
    public void progress(ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {
      if (at == Step.POPULATE) {
        cut();
      }
    }

    @Override
    public void warning(String message) {}

    private void cut() {
      shop.simulator
          .faults()
          .add(
              new Fault.Request(
                  "", "/", new RequestFaults.Verdict.Refuse(403, "cut off", 0), Fault.ALWAYS));
    }
  }

  /// Denies machines in one namespace.
  private record Denying(String namespace) implements AdmissionPlugin {
    @Override
    public String name() {
      return "calendar.example";
    }

    @Override
    public boolean handles(Request request) {
      return request.plural().equals("virtualmachines")
          && request.operation().equals("CREATE")
          && request.namespace().equals(namespace);
    }

    @Override
    public void validate(Request request, ObjectNode object) throws Denial {
      throw new Denial(
          403,
          "Forbidden",
          "admission webhook \"calendar.example\" denied the request: no machines here on Mondays");
    }
  }
}
