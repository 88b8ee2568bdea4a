package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Binds claims to volumes as kube-controller-manager's binder does: to the volume that they name,
/// to one that names them, to one that fits; and says Lost when the volume of a bound claim is
/// gone.
final class ClaimBinding {
  private final ApiClient client;
  private final EventRecorder events;

  ClaimBinding(ApiClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  /// Brings a claim that names a volume to Bound, or to Lost.
  void bindNamed(ObjectNode claim) {
    String name = Fields.text(claim, "spec", "volumeName");
    Optional<ObjectNode> volume = client.get(Types.VOLUME, "", name);
    boolean wasBound = Meta.annotated(claim, StorageNames.BIND_COMPLETED);
    if (volume.isEmpty()) {
      if (wasBound) {
        lost(
            claim,
            "ClaimLost",
            "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
      }
      return;
    }
    if (!isFor(volume.get(), claim)) {
      if (wasBound) {
        lost(
            claim,
            "ClaimMisbound",
            "Two claims are bound to the same volume, this one is bound incorrectly");
      } else {
        events.warning(
            claim, "FailedBinding", "volume \"" + name + "\" already bound to a different claim.");
      }
      return;
    }
    bind(claim, volume.get(), false);
  }

  private void lost(ObjectNode claim, String reason, String message) {
    if (Fields.text(claim, "status", "phase").equals("Lost")) {
      return;
    }
    client.modifyStatus(
        Types.CLAIM,
        ObjectKey.of(claim),
        lost -> {
          ObjectNode status = Fields.object(lost, "status");
          status.put("phase", "Lost");
          status.remove(List.of("capacity", "accessModes"));
        });
    events.warning(claim, reason, message);
  }

  /// Binds a claim that names no volume to one that is there already; false where there is none.
  boolean bindExisting(ObjectNode claim) {
    List<ObjectNode> volumes = client.list(Types.VOLUME, "", "");
    Optional<ObjectNode> named =
        volumes.stream().filter(volume -> names(volume, claim) && isFor(volume, claim)).findFirst();
    Optional<ObjectNode> chosen =
        named.isPresent()
            ? named
            : volumes.stream()
                .filter(volume -> fits(volume, claim))
                .min(Comparator.comparingLong(ClaimBinding::capacityBytes));
    chosen.ifPresent(volume -> bind(claim, volume, true));
    return chosen.isPresent();
  }

  private static boolean names(ObjectNode volume, ObjectNode claim) {
    JsonNode reference = Fields.at(volume, "spec", "claimRef");
    return Fields.text(reference, "name").equals(Meta.name(claim))
        && Fields.text(reference, "namespace").equals(Meta.namespace(claim));
  }

  /// Whether the volume is this claim's or may become so.
  private static boolean isFor(ObjectNode volume, ObjectNode claim) {
    if (!Fields.has(volume, "spec", "claimRef")) {
      return true;
    }
    String uid = Fields.text(volume, "spec", "claimRef", "uid");
    return names(volume, claim) && (uid.isEmpty() || uid.equals(Meta.uid(claim)));
  }

  private static boolean fits(ObjectNode volume, ObjectNode claim) {
    return !Fields.has(volume, "spec", "claimRef")
        && !Meta.deleting(volume)
        && Fields.text(volume, "status", "phase").equals("Available")
        && same(volume, claim, "storageClassName")
        && same(volume, claim, "volumeMode")
        && Fields.texts(volume, "spec", "accessModes")
            .containsAll(Fields.texts(claim, "spec", "accessModes"))
        && capacityBytes(volume) >= VolumeOrigin.requestBytes(claim);
  }

  private static boolean same(ObjectNode volume, ObjectNode claim, String field) {
    return Fields.text(volume, "spec", field).equals(Fields.text(claim, "spec", field));
  }

  private static long capacityBytes(ObjectNode volume) {
    return Quantities.bytes(Fields.text(volume, "spec", "capacity", "storage"));
  }

  /// Writes both sides; `chosen` says that the binder picked the volume.
  void bind(ObjectNode claim, ObjectNode volume, boolean chosen) {
    client.modify(Types.VOLUME, ObjectKey.of(volume), changed -> refer(changed, claim));
    client.modifyStatus(
        Types.VOLUME,
        ObjectKey.of(volume),
        changed -> Fields.object(changed, "status").put("phase", "Bound"));
    ObjectKey key = ObjectKey.of(claim);
    client.modify(
        Types.CLAIM,
        key,
        changed -> {
          Fields.object(changed, "spec").put("volumeName", Meta.name(volume));
          Meta.annotations(changed).put(StorageNames.BIND_COMPLETED, "yes");
          if (chosen) {
            Meta.annotations(changed).put(StorageNames.BOUND_BY_CONTROLLER, "yes");
          }
        });
    client.modifyStatus(Types.CLAIM, key, changed -> bound(changed, volume));
  }

  private static void refer(ObjectNode volume, ObjectNode claim) {
    if (Fields.text(volume, "spec", "claimRef", "uid").equals(Meta.uid(claim))) {
      return;
    }
    Fields.object(volume, "spec").set("claimRef", reference(claim));
  }

  static ObjectNode reference(ObjectNode claim) {
    return Fields.newObject()
        .put("apiVersion", "v1")
        .put("kind", "PersistentVolumeClaim")
        .put("name", Meta.name(claim))
        .put("namespace", Meta.namespace(claim))
        .put("uid", Meta.uid(claim));
  }

  private static void bound(ObjectNode claim, ObjectNode volume) {
    ObjectNode status = Fields.object(claim, "status");
    status.put("phase", "Bound");
    status.set("accessModes", Fields.at(volume, "spec", "accessModes").deepCopy());
    status.set("capacity", Fields.at(volume, "spec", "capacity").deepCopy());
  }

  /// Binds a claim to the volume just made for it; the claim may be gone meanwhile, then its volume
  /// is released like any other.
  void bindProvisioned(ObjectNode claim, ObjectNode volume) {
    try {
      bind(claim, client.create(Types.VOLUME, volume), true);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
      client.get(Types.VOLUME, "", Meta.name(volume)).ifPresent(made -> bind(claim, made, true));
    }
  }
}
