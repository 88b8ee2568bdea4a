package io.firn.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.PointSummary;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.faults.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Restores into a namespace that is not there: all is tried before any data moves, and a namespace
/// that was made for nothing goes again.
final class RestoreToNewNamespaceTest {
  private final RestoreShop shop = BackedUpShop.shared().shop();
  private final PointSummary point = BackedUpShop.shared().point();

  @AfterEach
  void calm() {
    shop.simulator.faults().clear();
  }

  @Test
  void refusedObject_isFoundBeforeDataMoves_andTheNamespaceGoesAgain() {
    refuse("POST", "/namespaces/refused/virtualmachines", "no machines here on Mondays");
    RestorePlan plan = shop.plan(point, RequestDraft.to("refused").only("web").request());
    assertThat(plan.runnable()).isTrue();
    assertThat(plan.findings())
        .extracting(RestoreFinding::message)
        .anyMatch(m -> m.contains("before any data is moved"));
    Listening listener = new Listening();

    assertThatThrownBy(() -> shop.run(plan, listener))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> {
              assertThat(e.failure().summary()).contains("no machines here on Mondays");
              assertThat(e.failure().guidance()).contains("No data was moved");
            });

    assertThat(listener.steps).doesNotContain(RestoreListener.Step.POPULATE);
    assertThat(shop.podsOfJobs("refused")).isEmpty();
    assertGone("refused");
  }

  @Test
  void refusedObject_inANamespaceWithSomethingInIt_leavesTheNamespace() {
    refuse("POST", "/namespaces/shared/virtualmachines", "not here");
    RestorePlan plan = shop.plan(point, RequestDraft.to("shared").only("web").request());
    // Somebody is quicker than the check.
    Listening listener =
        new Listening() {
          @Override
          public synchronized void step(Step step, String detail) {
            super.step(step, detail);
            if (step == Step.CLEAN) {
              put("shared");
            }
          }
        };

    assertThatThrownBy(() -> shop.run(plan, listener)).isInstanceOf(FirnException.class);

    assertThat(
            shop.need(Kinds.NAMESPACE, "", "shared")
                .at("/metadata/deletionTimestamp")
                .isMissingNode())
        .isTrue();
    assertThat(listener.warnings).anyMatch(w -> w.contains("ConfigMap shared/mine"));
  }

  @Test
  void planAlone_leavesNoNamespace_andSaysWhoMayNotMakeOne() {
    RestorePlan allowed = shop.plan(point, RequestDraft.to("planned").only("web").request());
    assertThat(allowed.runnable()).isTrue();
    assertThat(shop.get(Kinds.NAMESPACE, "", "planned")).isEmpty();

    refuse("POST", "/api/v1/namespaces", "namespaces is forbidden");
    RestorePlan plan = shop.plan(point, RequestDraft.to("planned").only("web").request());

    assertThat(plan.stops())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.code()).isEqualTo(FailureCode.CLUSTER_FORBIDDEN);
          assertThat(stop.message()).contains("planned", "may not make it");
          assertThat(stop.nextStep()).contains("kubectl create namespace planned");
        });
    assertThat(shop.get(Kinds.NAMESPACE, "", "planned")).isEmpty();
  }

  @Test
  void figures_ofProgressAndReport_areTheSame() {
    Listening listener = new Listening();
    RestoreReport report =
        shop.run(shop.plan(point, RequestDraft.to("figures").only("orders").request()), listener);

    Map<ObjectRef, List<Long>> reported = new HashMap<>();
    report
        .volumes()
        .forEach(
            v -> reported.put(v.claim(), List.of(v.sizeBytes(), v.sizeBytes(), v.bytesWritten())));
    assertThat(listener.last).isEqualTo(reported);
    assertThat(report.volumes()).anyMatch(v -> v.bytesWritten() > 0);
  }

  private void put(String namespace) {
    shop.cluster
        .objects()
        .create(
            RestoreShop.object(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: mine, namespace: %s}}"
                    .formatted(namespace)),
            false);
  }

  private void refuse(String method, String path, String why) {
    shop.simulator
        .faults()
        .add(
            new Fault.Request(
                method, path, new RequestFaults.Verdict.Refuse(403, why, 0), Fault.ALWAYS));
  }

  private void assertGone(String namespace) {
    ObjectRef ref = ObjectRef.of(Kinds.NAMESPACE, "", namespace);
    assertThat(
            shop.cluster
                .objects()
                .await(ref, java.util.Optional::isEmpty, java.time.Duration.ofSeconds(30)))
        .isEmpty();
  }

  private static class Listening implements RestoreListener {
    final List<Step> steps = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final Map<ObjectRef, List<Long>> last = new HashMap<>();

    @Override
    public synchronized void step(Step step, String detail) {
      steps.add(step);
    }

    @Override
    public synchronized void progress(
        ObjectRef claim, long bytesDone, long bytesTotal, long bytesStored) {
      last.put(claim, List.of(bytesDone, bytesTotal, bytesStored));
    }

    @Override
    public synchronized void warning(String message) {
      warnings.add(message);
    }
  }
}
