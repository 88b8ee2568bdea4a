package io.firn.restore;

import static io.firn.restore.RestoreShop.SHOP;
import static io.firn.restore.RestoreShop.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.faults.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Restores that are interrupted, killed or refused halfway.
final class RestoreEndsEarlyTest {
  private final RestoreShop shop = BackedUpShop.shared().shop();
  private final PointSummary point = BackedUpShop.shared().point();

  @AfterEach
  void calm() {
    shop.simulator.faults().clear();
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
  void damagedVault_isRefusedByTheFirstPodOfItsMover_andNothingIsStarted(@TempDir Path other)
      throws IOException {
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
                assertThat(e.failure().guidance()).contains("firn vault check");
                assertThat(e.failure().retryable()).isFalse();
              });
    }
    assertThat(shop.get(Kinds.VIRTUAL_MACHINE, "hurt", "orders")).isEmpty();
    assertThat(shop.leftovers("hurt")).isEmpty();
    assertThat(shop.podsOfJobs("hurt").values()).isNotEmpty().containsOnly(1L);
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
}
