package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Drops a fixed serial number from a copy, so that two machines do not answer to one number;
/// KubeVirt invents another.
final class FirmwareSerial implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (context.newFirmwareUuid()) {
      Machine.in(object)
          .flatMap(machine -> machine.spec().find("domain", "firmware"))
          .ifPresent(firmware -> edits.remove(firmware, "serial", "--new-firmware-uuid"));
    }
  }
}
