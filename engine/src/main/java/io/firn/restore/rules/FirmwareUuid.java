package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.point.Manifest.MachineFacts;
import java.util.Optional;

/// Keeps the firmware UUID; writes it down where the definition lacks it, since KubeVirt would
/// invent a random one; or gives a copy one of its own. The state of a persistent TPM lies in a
/// folder named by this UUID; that folder is renamed with it.
final class FirmwareUuid implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (Machine.is(object, Kinds.REPLICA_SET)) {
      // One UUID in a template would be shared by all replicas.
      return;
    }
    Machine.in(object).ifPresent(machine -> apply(object, machine, context, edits));
  }

  private static void apply(ObjectNode object, Machine machine, RuleContext context, Edits edits) {
    Optional<Place> domain = machine.spec().find("domain");
    if (domain.isEmpty()) {
      return;
    }
    String name = object.path("metadata").path("name").asText();
    Place firmware =
        domain.get().at("firmware", domain.get().node().withObjectProperty("firmware"));
    if (context.newFirmwareUuid()) {
      edits.set(firmware, "uuid", copied(context, name), "--new-firmware-uuid");
    } else if (firmware.text("uuid").isEmpty()) {
      edits.set(firmware, "uuid", effective(context, name), "as the guest has known it");
    }
  }

  /// The UUID of a copy.
  static String copied(RuleContext context, String machine) {
    return Identity.uuid(context.mark() + "/" + machine + "/firmware").toString();
  }

  /// The UUID that the guest saw when the definition has none.
  static String effective(RuleContext context, String machine) {
    return context
        .facts(machine)
        .flatMap(MachineFacts::effectiveFirmwareUuid)
        .orElseGet(() -> Identity.legacyUuid(machine).toString());
  }
}
