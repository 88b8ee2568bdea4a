package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin.Denial;
import io.firn.simulator.client.Meta;
import java.util.List;
import java.util.Set;

/// The VirtualMachine validator's rules, in its order and its words.
final class MachineRules {
  private static final Set<String> STRATEGIES =
      Set.of("Halted", "Manual", "Always", "RerunOnFailure", "Once", "WaitAsReceiver");

  private MachineRules() {}

  static void check(ObjectNode machine, String user) throws Denial {
    if (!has(machine, "spec", "template")) {
      throw Texts.invalid("spec.template", "missing virtual machine template.");
    }
    runState(machine);
    ReservedLabels.check(
        "spec.template.metadata.labels",
        at(machine, "spec", "template", "metadata", "labels"),
        user);
    matcher(machine, "instancetype");
    matcher(machine, "preference");
    instancetypeConflicts(machine);
    templates(machine);
    boolean sized = has(machine, "spec", "instancetype");
    InstanceRules.check("spec.template.spec", at(machine, "spec", "template", "spec"), sized);
  }

  private static void runState(ObjectNode machine) throws Denial {
    boolean running = has(machine, "spec", "running");
    String strategy = text(machine, "spec", "runStrategy");
    if (running && !strategy.isEmpty()) {
      throw Texts.invalid(
          "spec.running",
          "Running and RunStrategy are mutually exclusive. Note that Running is deprecated, please"
              + " use RunStrategy instead");
    }
    if (!running && strategy.isEmpty()) {
      throw Texts.invalid(
          "spec.running",
          "One of Running or RunStrategy must be specified. Note that Running is deprecated, please"
              + " use RunStrategy instead");
    }
    if (!strategy.isEmpty() && !STRATEGIES.contains(strategy)) {
      throw Texts.invalid("spec.runStrategy", "Invalid RunStrategy (" + strategy + ")");
    }
  }

  private static void matcher(ObjectNode machine, String field) throws Denial {
    JsonNode matcher = at(machine, "spec", field);
    if (matcher.isMissingNode()) {
      return;
    }
    boolean inferred = has(matcher, "inferFromVolume");
    if (text(matcher, "name").isEmpty() && !inferred) {
      throw Texts.invalid(
          "spec." + field + ".name",
          "Either name or inferFromVolume should be provided within the "
              + (field.equals("instancetype") ? "InstancetypeMatcher" : "PreferenceMatcher"));
    }
    if (inferred && has(matcher, "name")) {
      throw Texts.invalid(
          "spec." + field + ".name", "Name should not be provided when inferFromVolume is used.");
    }
  }

  /// CPU and memory belong to the instance type where there is one.
  private static void instancetypeConflicts(ObjectNode machine) throws Denial {
    if (!has(machine, "spec", "instancetype")) {
      return;
    }
    List<String> sizes =
        List.of(
            "cpu.cores",
            "cpu.sockets",
            "cpu.threads",
            "memory.guest",
            "resources.requests.cpu",
            "resources.requests.memory",
            "resources.limits.cpu",
            "resources.limits.memory");
    for (String size : sizes) {
      JsonNode domain = at(machine, "spec", "template", "spec", "domain");
      if (has(domain, size.split("\\."))) {
        String field = "spec.template.spec.domain." + size;
        throw Texts.invalid(
            field, "VM field(s) " + field + " conflicts with selected instance type");
      }
    }
  }

  private static void templates(ObjectNode machine) throws Denial {
    List<ObjectNode> templates = objects(machine, "spec", "dataVolumeTemplates");
    for (int i = 0; i < templates.size(); i++) {
      template(machine, templates.get(i), i);
    }
  }

  private static void template(ObjectNode machine, ObjectNode template, int index) throws Denial {
    String name = Meta.name(template);
    String place = "spec.dataVolumeTemplates[" + index + "]";
    if (name.isEmpty()) {
      throw Texts.invalid(
          place + ".name",
          "'name' field must not be empty for DataVolumeTemplate" + " entry " + place + ".");
    }
    String namespace = Meta.namespace(template);
    if (!namespace.isEmpty() && !namespace.equals(Meta.namespace(machine))) {
      throw Texts.invalid(
          place,
          "Embedded DataVolume namespace "
              + namespace
              + " differs from VM namespace "
              + Meta.namespace(machine));
    }
    if (!referenced(machine, name)) {
      String entry = "spec.dataVolumeTemplate[" + index + "]";
      throw Texts.invalid(
          entry,
          "DataVolumeTemplate entry "
              + entry
              + " must be referenced in the VMI template's 'volumes' list");
    }
  }

  private static boolean referenced(ObjectNode machine, String template) {
    return objects(machine, "spec", "template", "spec", "volumes").stream()
        .anyMatch(volume -> VolumeClaims.claimName(volume).equals(template));
  }
}
