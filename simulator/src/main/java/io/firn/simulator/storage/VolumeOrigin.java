package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;

/// What a new volume is filled with.
sealed interface VolumeOrigin {
  record Empty() implements VolumeOrigin {}

  record FromSnapshot(String snapshotHandle) implements VolumeOrigin {}

  record FromVolume(String volumeHandle) implements VolumeOrigin {}

  /// Somebody else fills the claim (a populator); nothing is provisioned.
  record Foreign() implements VolumeOrigin {}

  /// Not to be had, now or ever; the text goes into the event ProvisioningFailed.
  record Refused(String message) implements VolumeOrigin {}

  /// Where a claim's data is to come from, checked as csi-provisioner does.
  static VolumeOrigin of(ApiClient client, ObjectNode claim, String driver) {
    JsonNode source = source(claim);
    String kind = Fields.text(source, "kind");
    String group = Fields.text(source, "apiGroup");
    if (kind.isEmpty()) {
      return new Empty();
    }
    if (kind.equals("VolumeSnapshot") && group.equals("snapshot.storage.k8s.io")) {
      return snapshot(client, claim, source, driver);
    }
    if (kind.equals("PersistentVolumeClaim") && group.isEmpty()) {
      return claim(client, claim, source, driver);
    }
    return new Foreign();
  }

  private static JsonNode source(ObjectNode claim) {
    JsonNode reference = Fields.at(claim, "spec", "dataSourceRef");
    return Fields.has(reference, "kind") ? reference : Fields.at(claim, "spec", "dataSource");
  }

  private static VolumeOrigin snapshot(
      ApiClient client, ObjectNode claim, JsonNode source, String driver) {
    String name = Fields.text(source, "name");
    String failure =
        "error getting handle for DataSource Type VolumeSnapshot by Name " + name + ": ";
    String elsewhere = Fields.text(source, "namespace");
    if (!elsewhere.isEmpty() && !elsewhere.equals(Meta.namespace(claim))) {
      return new Refused(failure + "cross-namespace data sources are not enabled");
    }
    ObjectNode snapshot =
        client.get(Types.SNAPSHOT, Meta.namespace(claim), name).orElse(Fields.newObject());
    if (snapshot.isEmpty()) {
      return new Refused(
          failure
              + "error getting snapshot %s from api server: volumesnapshots.snapshot.storage.k8s.io \"%s\" not found"
                  .formatted(name, name));
    }
    ObjectNode content = content(client, snapshot);
    String handle = Fields.text(content, "status", "snapshotHandle");
    if (!Fields.at(snapshot, "status", "readyToUse").asBoolean() || handle.isEmpty()) {
      return new Refused(failure + "snapshot " + name + " is not Ready");
    }
    if (!Fields.text(content, "spec", "driver").equals(driver)) {
      return new Refused(
          failure
              + "snapshot %s has driver %s but the storage class uses %s"
                  .formatted(name, Fields.text(content, "spec", "driver"), driver));
    }
    long restoreBytes = Quantities.bytes(Fields.text(snapshot, "status", "restoreSize"));
    long requestBytes = requestBytes(claim);
    if (requestBytes < restoreBytes) {
      return new Refused(
          failure
              + "requested volume size %d is less than the size %d for the source snapshot %s"
                  .formatted(requestBytes, restoreBytes, name));
    }
    return modeChange(claim, content)
        ? new Refused(
            failure
                + "requested volume %s/%s modifies the mode of the source volume but does not have permission to do so. %s annotation is not present on snapshotcontent %s"
                    .formatted(
                        Meta.namespace(claim),
                        Meta.name(claim),
                        StorageNames.MODE_CHANGE,
                        Meta.name(content)))
        : new FromSnapshot(handle);
  }

  private static ObjectNode content(ApiClient client, ObjectNode snapshot) {
    String bound = Fields.text(snapshot, "status", "boundVolumeSnapshotContentName");
    return bound.isEmpty()
        ? Fields.newObject()
        : client.get(Types.SNAPSHOT_CONTENT, "", bound).orElse(Fields.newObject());
  }

  private static boolean modeChange(ObjectNode claim, ObjectNode content) {
    String mode = Fields.text(content, "spec", "sourceVolumeMode");
    return !mode.isEmpty() && !mode.equals(Fields.text(claim, "spec", "volumeMode"));
  }

  private static VolumeOrigin claim(
      ApiClient client, ObjectNode claim, JsonNode source, String driver) {
    String name = Fields.text(source, "name");
    ObjectNode original =
        client.get(Types.CLAIM, Meta.namespace(claim), name).orElse(Fields.newObject());
    String failure = "error getting handle for DataSource Type PersistentVolumeClaim by Name ";
    if (!Fields.text(original, "status", "phase").equals("Bound")) {
      return new Refused(failure + name + ": the PVC " + name + " is not bound");
    }
    ObjectNode volume =
        client
            .get(Types.VOLUME, "", Fields.text(original, "spec", "volumeName"))
            .orElse(Fields.newObject());
    if (!Fields.text(volume, "spec", "csi", "driver").equals(driver)) {
      return new Refused(failure + name + ": the source is of another driver");
    }
    long sourceBytes = Quantities.bytes(Fields.text(original, "status", "capacity", "storage"));
    if (requestBytes(claim) < sourceBytes) {
      return new Refused(
          failure
              + name
              + ": new PVC request must be greater than or equal in size to the specified PVC data source, requested %d but source is %d"
                  .formatted(requestBytes(claim), sourceBytes));
    }
    if (!Fields.text(original, "spec", "volumeMode")
        .equals(Fields.text(claim, "spec", "volumeMode"))) {
      return new Refused(
          failure + name + ": the source and the target have different volume modes");
    }
    return new FromVolume(Fields.text(volume, "spec", "csi", "volumeHandle"));
  }

  static long requestBytes(ObjectNode claim) {
    return Quantities.bytes(Fields.text(claim, "spec", "resources", "requests", "storage"));
  }
}
