package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.putIfAbsent;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Lays an instance type and a preference onto an instance's spec: an instance type says, a
/// preference fills in what the machine leaves open.
final class Expansion {
  private Expansion() {}

  static void apply(ObjectNode spec, Flavor flavor) {
    String topology =
        flavor.preference().map(p -> text(p, "cpu", "preferredCPUTopology")).orElse("");
    flavor.instancetype().ifPresent(type -> instancetype(spec, type, topology));
    flavor.preference().ifPresent(preference -> preference(spec, preference));
  }

  private static void instancetype(ObjectNode spec, ObjectNode type, String topology) {
    ObjectNode domain = object(spec, "domain");
    int cpus = Math.max(1, type.path("cpu").path("guest").asInt(1));
    ObjectNode cpu = object(domain, "cpu");
    boolean cores = topology.equals("cores") || topology.equals("preferCores");
    boolean threads = topology.equals("threads") || topology.equals("preferThreads");
    cpu.put("cores", cores ? cpus : 1);
    cpu.put("threads", threads ? cpus : 1);
    cpu.put("sockets", cores || threads ? 1 : cpus);
    for (String field :
        List.of("model", "dedicatedCPUPlacement", "numa", "isolateEmulatorThread")) {
      move(type.path("cpu"), field, cpu);
    }
    ObjectNode memory = object(domain, "memory");
    move(type.path("memory"), "guest", memory);
    move(type.path("memory"), "hugepages", memory);
    move(type, "ioThreadsPolicy", domain);
    move(type, "launchSecurity", domain);
    move(type, "gpus", object(domain, "devices"));
    move(type, "hostDevices", object(domain, "devices"));
    move(type, "nodeSelector", spec);
    move(type, "schedulerName", spec);
  }

  private static void move(JsonNode from, String field, ObjectNode to) {
    if (has(from, field)) {
      to.set(field, from.path(field).deepCopy());
    }
  }

  private static void preference(ObjectNode spec, ObjectNode preference) {
    ObjectNode domain = object(spec, "domain");
    JsonNode devices = preference.path("devices");
    String bus = text(devices, "preferredDiskBus");
    String model = text(devices, "preferredInterfaceModel");
    for (ObjectNode disk : objects(domain, "devices", "disks")) {
      if (!bus.isEmpty() && !has(disk, "lun") && !has(disk, "cdrom")) {
        putIfAbsent(object(disk, "disk"), "bus", bus);
      }
    }
    for (ObjectNode card : objects(domain, "devices", "interfaces")) {
      if (!model.isEmpty()) {
        putIfAbsent(card, "model", model);
      }
    }
    fill(devices, "preferredTPM", object(domain, "devices"), "tpm");
    firmware(domain, preference.path("firmware"));
    String machine = text(preference, "machine", "preferredMachineType");
    if (!machine.isEmpty()) {
      putIfAbsent(object(domain, "machine"), "type", machine);
    }
    fill(preference.path("clock"), "preferredTimer", object(domain, "clock"), "timer");
    if (domain.path("clock").isEmpty()) {
      domain.remove("clock");
    }
    fill(
        preference,
        "preferredTerminationGracePeriodSeconds",
        spec,
        "terminationGracePeriodSeconds");
  }

  private static void firmware(ObjectNode domain, JsonNode preferred) {
    boolean open = !has(domain, "firmware", "bootloader");
    if (open && has(preferred, "preferredEfi")) {
      object(domain, "firmware", "bootloader")
          .set("efi", preferred.path("preferredEfi").deepCopy());
    } else if (open && preferred.path("preferredUseEfi").asBoolean()) {
      ObjectNode efi = object(domain, "firmware", "bootloader", "efi");
      efi.put("secureBoot", preferred.path("preferredUseSecureBoot").asBoolean());
    }
  }

  private static void fill(JsonNode from, String field, ObjectNode to, String target) {
    if (has(from, field) && !has(to, target)) {
      to.set(target, from.path(field).deepCopy());
    }
  }
}
