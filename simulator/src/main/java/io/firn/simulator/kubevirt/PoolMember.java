package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.object;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One machine of a pool: the template with `-<n>` on the names of its DataVolumes and, where the
/// pool says so, of its ConfigMaps and Secrets.
final class PoolMember {
  private static final String REVISION_LABEL = "kubevirt.io/vm-pool-revision-name";

  private PoolMember() {}

  static String name(ObjectNode pool, int index) {
    return Meta.name(pool) + "-" + index;
  }

  static ObjectNode build(ObjectNode pool, int index, String revision) {
    ObjectNode machine = VirtTypes.MACHINE.newObject(Meta.namespace(pool), name(pool, index));
    JsonNode template = Fields.at(pool, "spec", "virtualMachineTemplate");
    InstanceBuilder.copy(Fields.at(template, "metadata", "labels"), Meta.labels(machine));
    InstanceBuilder.copy(Fields.at(template, "metadata", "annotations"), Meta.annotations(machine));
    Meta.labels(machine).put(REVISION_LABEL, revision);
    Meta.addFinalizer(machine, PoolReconciler.FINALIZER);
    Meta.setController(machine, pool);
    ObjectNode spec = template.path("spec").deepCopy();
    machine.set("spec", spec);
    object(spec, "template", "metadata", "labels").put(REVISION_LABEL, revision);
    number(spec, index);
    references(pool, spec, index);
    return machine;
  }

  private static void number(ObjectNode spec, int index) {
    Set<String> templates = new HashSet<>();
    for (ObjectNode template : objects(spec, "dataVolumeTemplates")) {
      templates.add(Meta.name(template));
      suffix(object(template, "metadata"), "name", index);
    }
    for (ObjectNode volume : volumes(spec)) {
      if (templates.contains(VolumeClaims.claimName(volume))) {
        suffix(volume.path("dataVolume"), "name", index);
        suffix(volume.path("persistentVolumeClaim"), "claimName", index);
      }
    }
  }

  private static void references(ObjectNode pool, ObjectNode spec, int index) {
    JsonNode naming = Fields.at(pool, "spec", "nameGeneration");
    for (ObjectNode volume : volumes(spec)) {
      if (naming.path("appendIndexToConfigMapRefs").asBoolean()) {
        suffix(volume.path("configMap"), "name", index);
      }
      if (naming.path("appendIndexToSecretRefs").asBoolean()) {
        suffix(volume.path("secret"), "secretName", index);
        for (String kind : List.of("cloudInitNoCloud", "cloudInitConfigDrive")) {
          suffix(Fields.at(volume, kind, "secretRef"), "name", index);
          suffix(Fields.at(volume, kind, "networkDataSecretRef"), "name", index);
        }
      }
    }
  }

  private static List<ObjectNode> volumes(ObjectNode spec) {
    return objects(spec, "template", "spec", "volumes");
  }

  private static void suffix(JsonNode holder, String field, int index) {
    if (holder instanceof ObjectNode object && object.has(field)) {
      object.put(field, text(object, field) + "-" + index);
    }
  }
}
