package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Makes a StorageProfile for each storage class, and the CDIConfig with their overheads.
final class StorageProfiles {
  private final ApiClient client;
  private final InstantSource clock;

  StorageProfiles(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /// `key` names a storage class.
  Optional<Duration> reconcile(ObjectKey key) {
    config();
    Optional<ObjectNode> storageClass = client.get(Types.STORAGE_CLASS, "", key.name());
    if (storageClass.isEmpty()) {
      client.delete(CdiTypes.STORAGE_PROFILE, key);
      return Optional.empty();
    }
    if (client.get(CdiTypes.STORAGE_PROFILE, "", key.name()).isEmpty()) {
      create(CdiTypes.STORAGE_PROFILE.newObject("", key.name()), CdiTypes.STORAGE_PROFILE);
    }
    String provisioner = text(storageClass.get(), "provisioner");
    client.modifyStatus(
        CdiTypes.STORAGE_PROFILE, key, profile -> write(profile, key.name(), provisioner));
    return Optional.empty();
  }

  private void write(ObjectNode profile, String storageClass, String provisioner) {
    ObjectNode status = Fields.object(profile, "status");
    status.put("storageClass", storageClass).put("provisioner", provisioner);
    status.put("dataImportCronSourceFormat", "pvc");
    Optional<String> snapshotClass = snapshotClass(provisioner);
    status.put("cloneStrategy", snapshotClass.isPresent() ? "snapshot" : "copy");
    if (snapshotClass.isPresent()) {
      status.put("snapshotClass", snapshotClass.get());
    } else {
      status.remove("snapshotClass");
    }
    ArrayNode sets = status.putArray("claimPropertySets");
    for (String mode : List.of("Filesystem", "Block")) {
      sets.addObject().put("volumeMode", mode).putArray("accessModes").add("ReadWriteOnce");
    }
    new VolumeStatus(profile, clock.instant())
        .condition("Recognized", true, "RecognizedProvisioner", "Provisioner is recognized");
  }

  /// The driver's snapshot class: the one marked as default, else the first by name.
  private Optional<String> snapshotClass(String provisioner) {
    List<ObjectNode> classes;
    try {
      classes = client.list(Types.SNAPSHOT_CLASS, "", "");
    } catch (ApiFailure e) {
      if (e.notFound()) {
        // A cluster without the snapshot API.
        return Optional.empty();
      }
      throw e;
    }
    String mark = "snapshot.storage.kubernetes.io/is-default-class";
    return classes.stream()
        .filter(found -> text(found, "driver").equals(provisioner))
        .min((one, other) -> {
          int byMark = Boolean.compare(Meta.annotated(other, mark), Meta.annotated(one, mark));
          return byMark != 0 ? byMark : Meta.name(one).compareTo(Meta.name(other));
        })
        .map(Meta::name);
  }

  private void config() {
    ObjectKey key = new ObjectKey("", "config");
    if (client.get(CdiTypes.CONFIG, "", key.name()).isEmpty()) {
      create(CdiTypes.CONFIG.newObject("", key.name()), CdiTypes.CONFIG);
    }
    client.modify(
        CdiTypes.CONFIG,
        key,
        config -> {
          ObjectNode status = Fields.object(config, "status");
          resources(Fields.object(status, "defaultPodResourceRequirements"));
          String overhead = ClaimSize.OVERHEAD.toPlainString();
          ObjectNode overheads = Fields.object(status, "filesystemOverhead");
          overheads.put("global", overhead);
          ObjectNode classes = overheads.putObject("storageClass");
          client
              .list(Types.STORAGE_CLASS, "", "")
              .forEach(found -> classes.put(Meta.name(found), overhead));
          Fields.object(status, "importProxy")
              .put("HTTPProxy", "")
              .put("HTTPSProxy", "")
              .put("noProxy", "")
              .put("trustedCAProxy", "");
        });
  }

  private static void resources(ObjectNode requirements) {
    Fields.object(requirements, "limits").put("cpu", "750m").put("memory", "600M");
    Fields.object(requirements, "requests").put("cpu", "100m").put("memory", "60M");
  }

  private void create(ObjectNode object, io.firn.simulator.client.ResourceType type) {
    Meta.labels(object)
        .put("app", "containerized-data-importer")
        .put("app.kubernetes.io/component", "storage")
        .put("app.kubernetes.io/managed-by", "cdi-controller")
        .put("cdi.kubevirt.io", "");
    object.putObject("spec");
    try {
      client.create(type, object);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
  }
}
