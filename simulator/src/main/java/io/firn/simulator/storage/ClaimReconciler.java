package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Takes a claim through its life: provisioned or bound, grown, protected while in use, let go.
final class ClaimReconciler {
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final ApiClient client;
  private final VolumeStore store;
  private final EventRecorder events;
  private final ClaimBinding binding;
  private final ClaimUse use;

  ClaimReconciler(ApiClient client, VolumeStore store, EventRecorder events, ClaimUse use) {
    this.client = client;
    this.store = store;
    this.events = events;
    this.binding = new ClaimBinding(client, events);
    this.use = use;
  }

  Optional<Duration> reconcile(ObjectKey key) throws IOException {
    Optional<ObjectNode> found = client.get(Types.CLAIM, key.namespace(), key.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode claim = found.get();
    boolean used = use.inUse(claim);
    if (Meta.deleting(claim)) {
      if (!used && Meta.hasFinalizer(claim, StorageNames.CLAIM_PROTECTION)) {
        client.modify(
            Types.CLAIM, key, freed -> Meta.removeFinalizer(freed, StorageNames.CLAIM_PROTECTION));
      }
      return Optional.empty();
    }
    if (!Fields.text(claim, "spec", "volumeName").isEmpty()) {
      if (Fields.text(claim, "status", "phase").equals("Bound") && !lostVolume(claim)) {
        grow(claim);
        use.tell(claim, used);
      } else {
        binding.bindNamed(claim);
      }
      return Optional.empty();
    }
    return binding.bindExisting(claim) ? Optional.empty() : provision(claim);
  }

  private boolean lostVolume(ObjectNode claim) {
    return client.get(Types.VOLUME, "", Fields.text(claim, "spec", "volumeName")).isEmpty();
  }

  private Optional<Duration> provision(ObjectNode claim) throws IOException {
    String className = Fields.text(claim, "spec", "storageClassName");
    if (className.isEmpty()) {
      events.normal(
          claim,
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set");
      return Optional.empty();
    }
    Optional<ObjectNode> storageClass = client.get(Types.STORAGE_CLASS, "", className);
    if (storageClass.isEmpty()) {
      events.warning(
          claim,
          "ProvisioningFailed",
          "storageclass.storage.k8s.io \"" + className + "\" not found");
      return Optional.empty();
    }
    String driver = Fields.text(storageClass.get(), "provisioner");
    if (waitsForConsumer(claim, storageClass.get())) {
      return Optional.empty();
    }
    client.modify(Types.CLAIM, ObjectKey.of(claim), asked -> announce(asked, driver));
    if (!StorageNames.isOurs(driver)) {
      return external(claim, driver);
    }
    return make(claim, storageClass.get(), driver);
  }

  /// Somebody else's to make; if he is not there, this is all that anybody hears.
  private Optional<Duration> external(ObjectNode claim, String driver) {
    events.normal(
        claim,
        "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner '"
            + driver
            + "' or manually by the system administrator. If volume creation is delayed, please"
            + " verify that the provisioner is running and correctly registered.");
    return Optional.empty();
  }

  private boolean waitsForConsumer(ObjectNode claim, ObjectNode storageClass) {
    boolean waits =
        Fields.text(storageClass, "volumeBindingMode").equals("WaitForFirstConsumer")
            && !Meta.annotated(claim, StorageNames.SELECTED_NODE);
    if (waits) {
      events.normal(
          claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    }
    return waits;
  }

  private static void announce(ObjectNode claim, String driver) {
    Meta.annotations(claim).put(StorageNames.PROVISIONER, driver);
    Meta.annotations(claim).put(StorageNames.PROVISIONER_BETA, driver);
  }

  private Optional<Duration> make(ObjectNode claim, ObjectNode storageClass, String driver)
      throws IOException {
    String handle = "pvc-" + Meta.uid(claim);
    long sizeBytes = VolumeOrigin.requestBytes(claim);
    switch (VolumeOrigin.of(client, claim, driver)) {
      case VolumeOrigin.Empty _ ->
          store.create(handle, sizeBytes, Fields.text(claim, "spec", "volumeMode").equals("Block"));
      case VolumeOrigin.FromSnapshot(String snapshot) ->
          store.createFromSnapshot(handle, snapshot, sizeBytes);
      case VolumeOrigin.FromVolume(String source) ->
          store.createFromVolume(handle, source, sizeBytes);
      case VolumeOrigin.Foreign _ -> {
        return Optional.empty();
      }
      case VolumeOrigin.Refused(String message) -> {
        events.warning(
            claim,
            "ProvisioningFailed",
            "failed to provision volume with StorageClass \"%s\": %s"
                .formatted(Meta.name(storageClass), message));
        return Optional.of(AGAIN);
      }
    }
    binding.bindProvisioned(claim, volume(claim, storageClass, driver, handle));
    events.normal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + handle);
    return Optional.empty();
  }

  private static ObjectNode volume(
      ObjectNode claim, ObjectNode storageClass, String driver, String handle) {
    ObjectNode volume = Types.VOLUME.newObject("", handle);
    Meta.annotations(volume).put(StorageNames.PROVISIONED_BY, driver);
    ObjectNode spec = Fields.object(volume, "spec");
    spec.set("accessModes", Fields.at(claim, "spec", "accessModes").deepCopy());
    spec.putObject("capacity")
        .put("storage", Fields.text(claim, "spec", "resources", "requests", "storage"));
    spec.set("claimRef", ClaimBinding.reference(claim));
    spec.putObject("csi").put("driver", driver).put("volumeHandle", handle);
    String policy = Fields.text(storageClass, "reclaimPolicy");
    spec.put("persistentVolumeReclaimPolicy", policy.isEmpty() ? "Delete" : policy);
    spec.put("storageClassName", Meta.name(storageClass));
    spec.put("volumeMode", Fields.text(claim, "spec", "volumeMode"));
    return volume;
  }

  private void grow(ObjectNode claim) throws IOException {
    long wantedBytes = VolumeOrigin.requestBytes(claim);
    long haveBytes = Quantities.bytes(Fields.text(claim, "status", "capacity", "storage"));
    if (wantedBytes <= haveBytes || !growable(claim)) {
      return;
    }
    String name = Fields.text(claim, "spec", "volumeName");
    ObjectNode volume = client.get(Types.VOLUME, "", name).orElse(Fields.newObject());
    String size = Fields.text(claim, "spec", "resources", "requests", "storage");
    store.expand(Fields.text(volume, "spec", "csi", "volumeHandle"), wantedBytes);
    client.modify(
        Types.VOLUME,
        new ObjectKey("", name),
        grown -> Fields.object(grown, "spec", "capacity").put("storage", size));
    client.modifyStatus(
        Types.CLAIM,
        ObjectKey.of(claim),
        grown -> Fields.object(grown, "status", "capacity").put("storage", size));
  }

  private boolean growable(ObjectNode claim) {
    String className = Fields.text(claim, "spec", "storageClassName");
    return client
        .get(Types.STORAGE_CLASS, "", className)
        .filter(one -> StorageNames.isOurs(Fields.text(one, "provisioner")))
        .map(one -> one.path("allowVolumeExpansion").asBoolean())
        .orElse(false);
  }
}
