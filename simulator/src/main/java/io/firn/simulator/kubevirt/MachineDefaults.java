package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.putIfAbsent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.util.function.Supplier;

/// What the VirtualMachine mutator writes into a new machine, so that it stays the same through
/// later starts: PCI topology, machine type, firmware identity.
final class MachineDefaults {
  static final String PCI_TOPOLOGY = "kubevirt.io/pci-topology-version";

  private MachineDefaults() {}

  static void apply(ObjectNode machine, Supplier<String> uuids) {
    if (!Fields.has(machine, "spec", "template", "spec")) {
      return;
    }
    ObjectNode template = object(machine, "spec", "template");
    putIfAbsent(object(template, "metadata", "annotations"), PCI_TOPOLOGY, "v3");
    ObjectNode spec = object(template, "spec");
    putIfAbsent(spec, "architecture", "amd64");
    ObjectNode domain = object(spec, "domain");
    putIfAbsent(object(domain, "machine"), "type", "q35");
    ObjectNode firmware = object(domain, "firmware");
    putIfAbsent(firmware, "uuid", uuids.get());
    putIfAbsent(firmware, "serial", uuids.get());
    object(domain, "devices");
    object(domain, "resources");
  }
}
