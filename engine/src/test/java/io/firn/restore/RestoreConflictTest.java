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
import io.firn.point.PointSummary;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Restores to where the machine still is.
final class RestoreConflictTest {
  private final BackedUpShop captured = BackedUpShop.shared();
  private final RestoreShop shop = captured.shop();
  private final PointSummary point = captured.point();

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
    assertThat(BackedUpShop.digests(report)).isEqualTo(captured.digestsOf(report));
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
}
