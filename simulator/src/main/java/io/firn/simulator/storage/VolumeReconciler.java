package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Takes a volume whose claim is gone through its reclaim policy.
final class VolumeReconciler {
  private final ApiClient client;
  private final VolumeStore store;

  VolumeReconciler(ApiClient client, VolumeStore store) {
    this.client = client;
    this.store = store;
  }

  Optional<Duration> reconcile(ObjectKey key) throws IOException {
    Optional<ObjectNode> found = client.get(Types.VOLUME, "", key.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode volume = found.get();
    if (!Fields.has(volume, "spec", "claimRef")) {
      free(volume, "Available");
    } else if (!Fields.text(volume, "spec", "claimRef", "uid").isEmpty() && claimGone(volume)) {
      free(volume, "Released");
      if (Fields.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
        reclaim(volume);
      }
    }
    return Optional.empty();
  }

  private boolean claimGone(ObjectNode volume) {
    String namespace = Fields.text(volume, "spec", "claimRef", "namespace");
    String name = Fields.text(volume, "spec", "claimRef", "name");
    String uid = Fields.text(volume, "spec", "claimRef", "uid");
    return client
        .get(Types.CLAIM, namespace, name)
        .map(claim -> !Meta.uid(claim).equals(uid))
        .orElse(true);
  }

  /// Gives the volume its phase; one that is being deleted is no longer held.
  private void free(ObjectNode volume, String phase) {
    client.modifyStatus(
        Types.VOLUME,
        ObjectKey.of(volume),
        freed -> Fields.object(freed, "status").put("phase", phase));
    if (Meta.deleting(volume)) {
      client.modify(
          Types.VOLUME,
          ObjectKey.of(volume),
          freed -> Meta.removeFinalizer(freed, StorageNames.VOLUME_PROTECTION));
    }
  }

  private void reclaim(ObjectNode volume) throws IOException {
    if (StorageNames.isOurs(Fields.text(volume, "spec", "csi", "driver"))) {
      store.deleteVolume(Fields.text(volume, "spec", "csi", "volumeHandle"));
      client.delete(Types.VOLUME, ObjectKey.of(volume));
    }
  }
}
