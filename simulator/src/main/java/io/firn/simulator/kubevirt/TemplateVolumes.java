package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.cdi.CdiTypes;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the DataVolumes of a machine's templates, halted or not, and adopts those that exist
/// without an owner.
final class TemplateVolumes {
  private static final String CLAIM_ADOPTION = "cdi.kubevirt.io/allowClaimAdoption";
  private static final String IMMEDIATE = "kubevirt.io/immediate-data-volume-creation";

  private final ApiClient client;

  TemplateVolumes(ApiClient client) {
    this.client = client;
  }

  /// The machine's template volumes as they are now. `starting` makes those whose creation the
  /// machine's annotation puts off until it starts.
  List<ObjectNode> ensure(ObjectNode machine, boolean starting) {
    List<ObjectNode> volumes = new ArrayList<>();
    boolean later = Meta.annotation(machine, IMMEDIATE).equals("false") && !starting;
    for (ObjectNode template : objects(machine, "spec", "dataVolumeTemplates")) {
      ObjectKey key = new ObjectKey(Meta.namespace(machine), Meta.name(template));
      Optional<ObjectNode> found = client.get(CdiTypes.DATA_VOLUME, key.namespace(), key.name());
      if (found.isPresent()) {
        volumes.add(adopt(machine, key, found.get()));
      } else if (!later) {
        create(machine, template).ifPresent(volumes::add);
      }
    }
    return volumes;
  }

  private ObjectNode adopt(ObjectNode machine, ObjectKey key, ObjectNode found) {
    if (Meta.controller(found).isPresent() || Meta.deleting(found)) {
      return found;
    }
    return client
        .modify(
            CdiTypes.DATA_VOLUME,
            key,
            volume -> {
              if (Meta.controller(volume).isEmpty()) {
                Meta.setController(volume, machine);
              }
            })
        .orElse(found);
  }

  private Optional<ObjectNode> create(ObjectNode machine, ObjectNode template) {
    try {
      return Optional.of(client.create(CdiTypes.DATA_VOLUME, manifest(machine, template)));
    } catch (ApiFailure e) {
      if (e.alreadyExists()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static ObjectNode manifest(ObjectNode machine, ObjectNode template) {
    ObjectNode volume =
        CdiTypes.DATA_VOLUME.newObject(Meta.namespace(machine), Meta.name(template));
    copy(template, "annotations", Meta.annotations(volume));
    copy(template, "labels", Meta.labels(volume));
    Meta.annotations(volume).put(CLAIM_ADOPTION, "true");
    Meta.labels(volume).put(InstanceBuilder.CREATED_BY, Meta.uid(machine));
    Meta.setController(volume, machine);
    volume.set("spec", template.path("spec").deepCopy());
    return volume;
  }

  private static void copy(JsonNode template, String field, ObjectNode target) {
    JsonNode source = Fields.at(template, "metadata", field);
    source.properties().forEach(entry -> target.set(entry.getKey(), entry.getValue()));
  }
}
