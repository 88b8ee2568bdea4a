package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.Locale;

/// The instance that a machine starts: its template with the instance type and preference applied.
final class InstanceBuilder {
  static final String CREATED_BY = "kubevirt.io/created-by";
  static final String MACHINE_FINALIZER = "kubevirt.io/virtualMachineControllerFinalize";
  static final String LATEST_VERSION = "kubevirt.io/latest-observed-api-version";
  static final String STORAGE_VERSION = "kubevirt.io/storage-observed-api-version";

  private InstanceBuilder() {}

  /// `revision` is the name of the start revision.
  static ObjectNode build(ObjectNode machine, Flavor flavor, String revision) {
    ObjectNode instance = VirtTypes.INSTANCE.newObject(Meta.namespace(machine), Meta.name(machine));
    JsonNode template = Fields.at(machine, "spec", "template");
    copy(Fields.at(template, "metadata", "labels"), Meta.labels(instance));
    ObjectNode annotations = Meta.annotations(instance);
    copy(Fields.at(template, "metadata", "annotations"), annotations);
    matcherAnnotation(machine, "instancetype", annotations);
    matcherAnnotation(machine, "preference", annotations);
    annotations.put("kubevirt.io/vm-generation", text(machine, "metadata", "generation"));
    observed(annotations);
    Meta.addFinalizer(instance, MACHINE_FINALIZER);
    Meta.setController(instance, machine);
    ObjectNode spec = template.path("spec").deepCopy();
    Expansion.apply(spec, flavor);
    instance.set("spec", spec);
    Fields.object(instance, "status").put("virtualMachineRevisionName", revision);
    return instance;
  }

  /// Which versions of the API the controller has seen the object in.
  static void observed(ObjectNode annotations) {
    annotations.put(LATEST_VERSION, "v1").put(STORAGE_VERSION, "v1");
  }

  static String revisionName(ObjectNode machine) {
    return "revision-start-vm-" + Meta.uid(machine) + "-" + text(machine, "metadata", "generation");
  }

  /// `kubevirt.io/instancetype-name`, or with `cluster-` before it for the cluster-wide kinds.
  private static void matcherAnnotation(
      ObjectNode machine, String matcher, ObjectNode annotations) {
    if (has(machine, "spec", matcher)) {
      String kind = text(machine, "spec", matcher, "kind");
      boolean namespaced = !kind.isEmpty() && !kind.toLowerCase(Locale.ROOT).contains("cluster");
      annotations.put(
          "kubevirt.io/" + (namespaced ? "" : "cluster-") + matcher + "-name",
          text(machine, "spec", matcher, "name"));
    }
  }

  static void copy(JsonNode source, ObjectNode target) {
    source.properties().forEach(entry -> target.set(entry.getKey(), entry.getValue()));
  }
}
