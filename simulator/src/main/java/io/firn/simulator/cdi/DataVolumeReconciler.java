package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Brings a DataVolume its claim: takes one that was filled for it, or makes one and lets the
/// importer fill it, and tells how far that is.
final class DataVolumeReconciler {
  private static final Duration WAITING = Duration.ofSeconds(1);

  private final ApiClient client;
  private final InstantSource clock;
  private final Progress progress;
  private final StorageDefaults defaults;

  DataVolumeReconciler(ApiClient client, InstantSource clock, Progress progress) {
    this.client = client;
    this.clock = clock;
    this.progress = progress;
    this.defaults = new StorageDefaults(client);
  }

  Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(CdiTypes.DATA_VOLUME, key.namespace(), key.name());
    if (read.isEmpty() || Meta.deleting(read.get())) {
      return Optional.empty();
    }
    ObjectNode volume = marked(key, read.get());
    Optional<ObjectNode> claim = client.get(Types.CLAIM, key.namespace(), key.name());
    ObjectNode next = volume.deepCopy();
    Optional<Duration> again =
        claim.isPresent() ? withClaim(next, claim.get()) : withoutClaim(next);
    if (!next.path("status").equals(volume.path("status"))) {
      client.updateStatus(CdiTypes.DATA_VOLUME, next);
    }
    return again;
  }

  /// CDI writes its choice of the way in back to the DataVolume; here it is never the populators'.
  private ObjectNode marked(ObjectKey key, ObjectNode read) {
    if (Meta.annotated(read, Keys.USE_POPULATOR)) {
      return read;
    }
    return client
        .modify(
            CdiTypes.DATA_VOLUME,
            key,
            found -> Meta.annotations(found).put(Keys.USE_POPULATOR, "false"))
        .orElse(read);
  }

  private VolumeStatus status(ObjectNode volume) {
    return new VolumeStatus(volume, clock.instant());
  }

  private Optional<Duration> withoutClaim(ObjectNode volume) {
    if (Meta.annotated(volume, Keys.PRE_POPULATED)) {
      status(volume)
          .phase("Pending", "N/A")
          .condition("Bound", false, "NotFound", "No PVC found")
          .condition("Ready", false, "NotFound", "")
          .condition("Running", false, "", "");
      return Optional.empty();
    }
    Optional<DataSourceRef> source = DataSourceRef.of(volume, client);
    if (source.isEmpty() || !available(source.get())) {
      status(volume).condition("Ready", false, "CloneSourceNotFound", "");
      return Optional.of(WAITING);
    }
    Optional<JsonNode> storage = defaults.complete(volume, source.get());
    if (storage.isEmpty()) {
      status(volume)
          .phase("Pending", "N/A")
          .condition("Ready", false, "ErrClaimNotValid", "")
          .condition(
              "Bound",
              false,
              "ErrClaimNotValid",
              "PVC spec is missing accessMode and no storageClass to choose profile");
      return Optional.of(WAITING);
    }
    create(volume, storage.get(), source.get());
    return Optional.of(Duration.ZERO);
  }

  private boolean available(DataSourceRef source) {
    return switch (source) {
      case DataSourceRef.Claim(String namespace, String name) ->
          client.get(Types.CLAIM, namespace, name).isPresent();
      case DataSourceRef.Snapshot(String namespace, String name) ->
          client
              .get(Types.SNAPSHOT, namespace, name)
              .map(found -> Fields.at(found, "status", "readyToUse").asBoolean())
              .orElse(false);
      case DataSourceRef.Blank _,
          DataSourceRef.Http _,
          DataSourceRef.External _,
          DataSourceRef.Unsupported _ ->
          true;
    };
  }

  private void create(ObjectNode volume, JsonNode storage, DataSourceRef source) {
    try {
      client.create(Types.CLAIM, ClaimBuilder.build(volume, storage, source));
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
    status(volume).status().put("claimName", Meta.name(volume));
    status(volume)
        .phase("Pending", "N/A")
        .condition("Bound", false, "Pending", "PVC " + Meta.name(volume) + " Pending")
        .condition("Ready", false, "TransferRunning", "")
        .condition("Running", false, "", "");
  }

  private Optional<Duration> withClaim(ObjectNode volume, ObjectNode claim) {
    if (Meta.controlledBy(claim, Meta.uid(volume))) {
      if (isTaken(volume, claim)) {
        succeeded(volume, claim, "N/A");
      } else {
        boolean waits = Binding.waitsForConsumer(claim, client);
        new ClaimMirror(status(volume), claim, progress, waits).write();
        if (Meta.annotation(claim, Keys.POD_PHASE).equals("Running")) {
          return Optional.of(WAITING);
        }
      }
      return Optional.empty();
    }
    boolean ours = Adoption.filledFor(volume, claim) || Adoption.adopts(volume);
    if (ours && Meta.controller(claim).isEmpty() && !Meta.deleting(claim)) {
      take(volume, claim);
      succeeded(volume, claim, "N/A");
    } else if (Meta.annotated(volume, Keys.PRE_POPULATED)) {
      status(volume)
          .phase("Pending", "N/A")
          .condition("Bound", false, "NotFound", "No PVC found")
          .condition("Ready", false, "NotFound", "")
          .condition("Running", false, "", "");
    } else {
      boundTo(volume, claim).condition("Ready", false, "ErrResourceExists", "");
    }
    return Optional.empty();
  }

  /// Whether the claim was taken over rather than made for this DataVolume.
  private static boolean isTaken(ObjectNode volume, ObjectNode claim) {
    return Adoption.filledFor(volume, claim)
        || !Meta.annotation(claim, Keys.CREATED_FOR).equals(Meta.uid(volume));
  }

  private void take(ObjectNode volume, ObjectNode claim) {
    client.modify(
        Types.CLAIM,
        ObjectKey.of(claim),
        found -> {
          if (Meta.controller(found).isEmpty()) {
            Meta.setController(found, volume);
          }
        });
    if (Adoption.filledFor(volume, claim) && !Meta.annotated(volume, Keys.PRE_POPULATED)) {
      ObjectNode patch = Fields.newObject();
      Meta.annotations(patch).put(Keys.PRE_POPULATED, Meta.name(volume));
      ObjectNode patched = client.patch(CdiTypes.DATA_VOLUME, ObjectKey.of(volume), patch);
      volume.set("metadata", patched.path("metadata"));
    }
  }

  private VolumeStatus boundTo(ObjectNode volume, ObjectNode claim) {
    boolean bound = text(claim, "status", "phase").equals("Bound");
    String phase = bound ? "Bound" : "Pending";
    VolumeStatus status = status(volume);
    status.status().put("claimName", Meta.name(claim));
    return status.condition("Bound", bound, phase, "PVC " + Meta.name(claim) + " " + phase);
  }

  private void succeeded(ObjectNode volume, ObjectNode claim, String shown) {
    boolean before = has(volume, "status", "phase");
    String kept =
        before && text(volume, "status", "phase").equals("Succeeded")
            ? text(volume, "status", "progress")
            : shown;
    boundTo(volume, claim)
        .condition("Ready", true, "", "")
        .condition("Running", false, "Completed", "")
        .phase("Succeeded", kept);
  }
}
