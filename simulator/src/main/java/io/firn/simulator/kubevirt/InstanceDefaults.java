package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.putIfAbsent;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import java.util.function.Supplier;

/// What the instance mutator fills into a new VirtualMachineInstance.
final class InstanceDefaults {
  static final String FOREGROUND_FINALIZER = "kubevirt.io/foregroundDeleteVirtualMachine";

  private InstanceDefaults() {}

  static void apply(ObjectNode instance, Supplier<String> uuids) {
    Meta.addFinalizer(instance, FOREGROUND_FINALIZER);
    putIfAbsent(Meta.annotations(instance), MachineDefaults.PCI_TOPOLOGY, "v3");
    ObjectNode spec = object(instance, "spec");
    putIfAbsent(spec, "architecture", "amd64");
    putIfAbsent(spec, "evictionStrategy", "None");
    ObjectNode domain = object(spec, "domain");
    cpu(object(domain, "cpu"));
    putIfAbsent(object(domain, "machine"), "type", "q35");
    putIfAbsent(object(domain, "firmware"), "uuid", uuids.get());
    ObjectNode acpi = object(domain, "features", "acpi");
    if (!acpi.has("enabled")) {
      acpi.put("enabled", true);
    }
    object(domain, "resources");
    memory(domain);
    volumes(spec);
    networks(spec);
  }

  private static void cpu(ObjectNode cpu) {
    for (String count : new String[] {"cores", "sockets", "threads"}) {
      if (!cpu.has(count)) {
        cpu.put(count, 1);
      }
    }
    if (!cpu.has("maxSockets")) {
      cpu.put("maxSockets", cpu.path("sockets").asInt() * 4);
    }
    putIfAbsent(cpu, "model", "host-model");
  }

  private static void memory(ObjectNode domain) {
    String requested = text(domain, "resources", "requests", "memory");
    if (!requested.isEmpty()) {
      putIfAbsent(object(domain, "memory"), "guest", requested);
    }
  }

  private static void volumes(ObjectNode spec) {
    ObjectNode devices = object(spec, "domain", "devices");
    for (ObjectNode volume : objects(spec, "volumes")) {
      String name = text(volume, "name");
      boolean attached =
          objects(devices, "disks").stream().anyMatch(disk -> text(disk, "name").equals(name))
              || objects(devices, "filesystems").stream()
                  .anyMatch(share -> text(share, "name").equals(name));
      if (!attached) {
        array(devices, "disks").addObject().put("name", name);
      }
      if (volume.get("containerDisk") instanceof ObjectNode image) {
        boolean latest = text(image, "image").endsWith(":latest");
        putIfAbsent(image, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
      }
    }
    for (ObjectNode disk : objects(devices, "disks")) {
      if (!has(disk, "lun") && !has(disk, "cdrom")) {
        putIfAbsent(object(disk, "disk"), "bus", "sata");
      }
    }
  }

  private static void networks(ObjectNode spec) {
    ObjectNode devices = object(spec, "domain", "devices");
    boolean wanted = !"false".equals(text(devices, "autoattachPodInterface"));
    if (wanted && objects(spec, "networks").isEmpty() && !devices.has("interfaces")) {
      array(spec, "networks").addObject().put("name", "default").putObject("pod");
      array(devices, "interfaces").addObject().put("name", "default").putObject("bridge");
    }
  }
}
