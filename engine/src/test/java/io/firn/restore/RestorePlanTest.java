package io.firn.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.point.PointSummary;
import io.firn.simulator.api.AdmissionPlugin;
import org.junit.jupiter.api.Test;

/// What a plan finds before anything is touched, and how it reads.
final class RestorePlanTest {
  private final RestoreShop shop = BackedUpShop.shared().shop();
  private final PointSummary point = BackedUpShop.shared().point();

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
    shop.simulator.admit(new Denying("strict"));
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
