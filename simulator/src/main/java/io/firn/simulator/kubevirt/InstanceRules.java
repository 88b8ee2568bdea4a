package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin.Denial;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules for an instance's spec, which also hold for a machine's template. `field` is where the
/// spec lies in the object; `sized` says that an instance type brings the memory.
final class InstanceRules {
  private static final Pattern MAC =
      Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}|([0-9a-fA-F]{4}\\.){2}[0-9a-fA-F]{4}");

  private InstanceRules() {}

  static void check(String field, JsonNode spec, boolean sized) throws Denial {
    memory(field, spec, sized);
    volumes(field, spec);
    disks(field, spec);
    interfaces(field, spec);
  }

  private static void memory(String field, JsonNode spec, boolean sized) throws Denial {
    JsonNode domain = spec.path("domain");
    if (!sized
        && !has(domain, "memory", "guest")
        && !has(domain, "memory", "hugepages")
        && !has(domain, "resources", "requests", "memory")
        && !has(domain, "resources", "limits", "memory")) {
      throw Texts.invalid(
          field + ".domain.resources.requests.memory",
          "no memory requested, at least one of memory.guest, memory.hugepages.size or"
              + " resources.requests.memory must be set");
    }
  }

  private static void volumes(String field, JsonNode spec) throws Denial {
    Set<String> seen = new HashSet<>();
    List<ObjectNode> volumes = objects(spec, "volumes");
    for (int i = 0; i < volumes.size(); i++) {
      String name = text(volumes.get(i), "name");
      String place = field + ".volumes[" + i + "].name";
      if (!seen.add(name)) {
        throw Texts.invalid(
            place, place + " '" + name + "' is not unique; volume names must be unique");
      }
    }
  }

  private static void disks(String field, JsonNode spec) throws Denial {
    Set<String> volumes = new HashSet<>();
    objects(spec, "volumes").forEach(volume -> volumes.add(text(volume, "name")));
    List<ObjectNode> disks = objects(spec, "domain", "devices", "disks");
    for (int i = 0; i < disks.size(); i++) {
      String disk = field + ".domain.devices.disks[" + i + "]";
      String name = text(disks.get(i), "name");
      if (!volumes.contains(name)) {
        throw Texts.invalid(disk + ".name", disk + ".Name '" + name + "' not found.");
      }
    }
  }

  private static void interfaces(String field, JsonNode spec) throws Denial {
    List<ObjectNode> interfaces = objects(spec, "domain", "devices", "interfaces");
    for (int i = 0; i < interfaces.size(); i++) {
      String place = field + ".domain.devices.interfaces[" + i + "]";
      networkOf(spec, place, interfaces.get(i));
      String mac = text(interfaces.get(i), "macAddress");
      if (!mac.isEmpty() && !MAC.matcher(mac).matches()) {
        throw Texts.invalid(
            place + ".macAddress",
            "interface " + place + ".name has malformed MAC address (" + mac + ").");
      }
    }
  }

  private static void networkOf(JsonNode spec, String place, ObjectNode card) throws Denial {
    String name = text(card, "name");
    boolean known =
        objects(spec, "networks").stream().anyMatch(network -> text(network, "name").equals(name));
    if (!known && !at(spec, "networks").isMissingNode()) {
      throw Texts.invalid(place + ".name", place + ".name '" + name + "' not found.");
    }
  }
}
