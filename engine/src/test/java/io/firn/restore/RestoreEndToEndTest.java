package io.firn.restore;

import static io.firn.restore.RestoreShop.owner;
import static io.firn.restore.RestoreShop.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.point.PointSummary;
import io.firn.simulator.guest.Guest;
import org.junit.jupiter.api.Test;

/// Restores through a real API with movers as processes: machines come back as they were captured.
final class RestoreEndToEndTest {
  private final BackedUpShop captured = BackedUpShop.shared();
  private final RestoreShop shop = captured.shop();
  private final PointSummary point = captured.point();

  @Test
  void wholePoint_toANewNamespace_comesBackToItsRunState() {
    RestoreReport report = shop.restore(point, RequestDraft.to("again").request());

    assertThat(report.warnings()).isEmpty();
    assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, "again", "orders"))).isEqualTo("Running");
    assertThat(status(shop.need(Kinds.VIRTUAL_MACHINE, "again", "web"))).isEqualTo("Stopped");
    assertThat(shop.get(Kinds.INSTANCE, "again", "bastion")).isPresent();
    assertThat(shop.get(Kinds.REPLICA_SET, "again", "workers")).isPresent();
    assertThat(BackedUpShop.digests(report)).isEqualTo(captured.digestsOf(report));
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
    assertThat(machine.toString()).doesNotContain("firn.io/");
    assertThat(kept.toString()).doesNotContain("firn.io/");
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
}
