package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Keeps MAC addresses, or gives every interface that had a fixed one a new fixed one when a copy
/// is asked for. Never just clears it: without a MAC pool KubeVirt would then choose another at
/// every start, and guests that know their interface by its address lose the network.
final class MacAddresses implements RestoreRule {
  @Override
  public void apply(ObjectNode object, RuleContext context, Edits edits) {
    if (!context.newMac()) {
      return;
    }
    String name = object.path("metadata").path("name").asText();
    Machine.in(object)
        .flatMap(machine -> machine.spec().find("domain", "devices"))
        .ifPresent(devices ->
            devices
                .each("interfaces")
                .forEach(nic -> {
                  if (!nic.text("macAddress").isEmpty()) {
                    String seed = context.mark() + "/" + name + "/" + nic.text("name");
                    edits.set(nic, "macAddress", Identity.mac(seed), "--new-mac");
                  }
                }));
  }
}
