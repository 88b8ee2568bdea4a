package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `status.volumeStatus`: every volume by name, with its claim; targets are the node agent's.
final class VolumeStatuses {
  private final ApiClient client;

  VolumeStatuses(ApiClient client) {
    this.client = client;
  }

  void write(ObjectNode instance, Optional<ObjectNode> backend) {
    Map<String, ObjectNode> statuses = new TreeMap<>();
    for (ObjectNode volume : objects(instance, "spec", "volumes")) {
      statuses.put(text(volume, "name"), status(instance, volume));
    }
    if (backend.isPresent() && BackendStorage.needed(instance.path("spec"))) {
      statuses.put(BackendStorage.VOLUME, backendStatus(backend.get()));
    }
    ArrayNode before = Fields.array(instance, "status", "volumeStatus");
    ArrayNode after = Fields.newArray();
    statuses.forEach((name, status) -> {
      Fields.named(before, "name", name)
          .filter(old -> old.has("target"))
          .ifPresent(old -> status.put("target", text(old, "target")));
      after.add(status);
    });
    Fields.object(instance, "status").set("volumeStatus", after);
  }

  private ObjectNode status(ObjectNode instance, ObjectNode volume) {
    ObjectNode status = Fields.newObject().put("name", text(volume, "name"));
    String name = VolumeClaims.claimName(volume);
    if (!name.isEmpty()) {
      client
          .get(Types.CLAIM, Meta.namespace(instance), name)
          .ifPresent(claim -> status.set("persistentVolumeClaimInfo", details(claim)));
    }
    return status;
  }

  private static ObjectNode details(ObjectNode claim) {
    ObjectNode details = Fields.newObject();
    details.set("accessModes", Fields.at(claim, "spec", "accessModes").deepCopy());
    if (Fields.has(claim, "status", "capacity")) {
      details.set("capacity", Fields.at(claim, "status", "capacity").deepCopy());
    }
    details.put("claimName", Meta.name(claim));
    details.put("filesystemOverhead", block(claim) ? "0.0" : "0.06");
    details.set("requests", Fields.at(claim, "spec", "resources", "requests").deepCopy());
    details.put("volumeMode", block(claim) ? "Block" : "Filesystem");
    return details;
  }

  private static boolean block(ObjectNode claim) {
    return text(claim, "spec", "volumeMode").equals("Block");
  }

  private static ObjectNode backendStatus(ObjectNode claim) {
    ObjectNode status = Fields.newObject().put("name", BackendStorage.VOLUME);
    ObjectNode details = status.putObject("persistentVolumeClaimInfo");
    details.set("accessModes", Fields.at(claim, "spec", "accessModes").deepCopy());
    details.put("claimName", Meta.name(claim));
    return status;
  }
}
