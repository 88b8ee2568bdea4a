package io.firn.restore;

import static io.firn.restore.RestoreShop.SHOP;
import static io.firn.restore.RestoreShop.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.point.PointSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Copies of machines that live on.
final class RestoreCopyTest {
  private final RestoreShop shop = BackedUpShop.shared().shop();
  private final PointSummary point = BackedUpShop.shared().point();

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

  /// The TPM's state, where the launcher looks for it: in a folder named by the firmware UUID.
  private byte[] tpmState(String namespace, String name, ObjectNode machine) {
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
}
