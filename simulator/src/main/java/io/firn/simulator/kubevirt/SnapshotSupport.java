package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.List;
import java.util.Optional;

/// Which of a machine's volumes can be snapshotted: those on a claim whose storage class has a
/// snapshot class of its driver.
final class SnapshotSupport {
  private final ApiClient client;

  SnapshotSupport(ApiClient client) {
    this.client = client;
  }

  ArrayNode statuses(ObjectNode machine) {
    ArrayNode statuses = Fields.newArray();
    for (ObjectNode volume : objects(machine, "spec", "template", "spec", "volumes")) {
      statuses.add(status(machine, volume));
    }
    if (BackendStorage.needed(Fields.at(machine, "spec", "template", "spec"))) {
      String name = BackendStorage.LABEL + "-" + Meta.name(machine);
      backend(machine).map(claim -> claimStatus(name, claim)).ifPresent(statuses::add);
    }
    return statuses;
  }

  private Optional<ObjectNode> backend(ObjectNode machine) {
    String selector = BackendStorage.LABEL + "=" + Meta.name(machine);
    return client.list(Types.CLAIM, Meta.namespace(machine), selector).stream().findFirst();
  }

  private ObjectNode status(ObjectNode machine, ObjectNode volume) {
    String name = text(volume, "name");
    String claim = VolumeClaims.claimName(volume);
    if (claim.isEmpty() || VolumeClaims.isEphemeral(volume)) {
      return refusal(name, "Snapshot is not supported for this volumeSource type [" + name + "]");
    }
    return client
        .get(Types.CLAIM, Meta.namespace(machine), claim)
        .map(found -> claimStatus(name, found))
        .orElseGet(() -> refusal(name, "PVC not found"));
  }

  private ObjectNode claimStatus(String volume, ObjectNode claim) {
    String storageClass = text(claim, "spec", "storageClassName");
    if (storageClass.isEmpty() || !hasSnapshotClass(storageClass)) {
      return refusal(
          volume,
          "No VolumeSnapshotClass: Volume snapshots are not configured for this StorageClass ["
              + storageClass
              + "] ["
              + volume
              + "]");
    }
    return Fields.newObject().put("enabled", true).put("name", volume);
  }

  private static ObjectNode refusal(String volume, String reason) {
    return Fields.newObject().put("enabled", false).put("name", volume).put("reason", reason);
  }

  private boolean hasSnapshotClass(String storageClass) {
    return client
        .get(Types.STORAGE_CLASS, "", storageClass)
        .map(found -> text(found, "provisioner"))
        .map(driver -> snapshotClasses().stream().anyMatch(c -> text(c, "driver").equals(driver)))
        .orElse(false);
  }

  private List<ObjectNode> snapshotClasses() {
    try {
      return client.list(Types.SNAPSHOT_CLASS, "", "");
    } catch (ApiFailure e) {
      if (e.notFound()) {
        // A cluster without the snapshot API.
        return List.of();
      }
      throw e;
    }
  }
}
