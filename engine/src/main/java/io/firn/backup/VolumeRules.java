package io.firn.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Quantity;
import io.firn.cluster.VolumeSnapshots;
import io.firn.cluster.VolumeSnapshots.ClassChoice;
import io.firn.failure.FailureCode;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// Decides for each claim of a machine: captured, left out for a reason, or a reason to stop. Used
/// for one plan; not thread-safe.
final class VolumeRules {
  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String CDI_PHASE = "cdi.kubevirt.io/storage.pod.phase";
  private static final String CDI_POPULATOR = "cdi.kubevirt.io/storage.usePopulator";

  private final ClusterLookup lookup;
  private final VolumeSnapshots snapshots;
  private final Set<String> unwanted;
  private final Findings findings;
  private final Map<String, ClassChoice> classes = new HashMap<>();
  private final SequencedMap<ObjectRef, PlannedVolume> volumes = new LinkedHashMap<>();
  private final SequencedSet<ExcludedClaim> excluded = new LinkedHashSet<>();

  VolumeRules(
      ClusterLookup lookup, VolumeSnapshots snapshots, Set<String> unwanted, Findings findings) {
    this.lookup = lookup;
    this.snapshots = snapshots;
    this.unwanted = unwanted;
    this.findings = findings;
  }

  /// Judges the claims of one machine; returns those to capture.
  List<ObjectRef> judge(ObjectRef machine, List<ClaimUse> uses) {
    SequencedSet<ObjectRef> captured = new LinkedHashSet<>();
    for (ClaimUse use : uses) {
      Optional<String> reason = leftOut(use);
      if (reason.isPresent()) {
        excluded.add(new ExcludedClaim(machine, use.claim(), reason.get()));
      } else {
        captured.add(use.claim());
        if (!volumes.containsKey(use.claim())) {
          plan(use).ifPresent(volume -> volumes.put(use.claim(), volume));
        }
      }
    }
    return List.copyOf(captured);
  }

  List<PlannedVolume> volumes() {
    return List.copyOf(volumes.values());
  }

  List<ExcludedClaim> excluded() {
    return List.copyOf(excluded);
  }

  private Optional<String> leftOut(ClaimUse use) {
    ObjectRef claim = use.claim();
    if (unwanted.contains(claim.name())
        || unwanted.contains(claim.namespace() + "/" + claim.name())) {
      return Optional.of("excluded by the user");
    }
    return switch (use.role()) {
      // The image below an ephemeral disk is read only, yet without it the machine does not start.
      case DISK, BACKEND_STORAGE, EPHEMERAL_BACKING -> Optional.empty();
      case MEMORY_DUMP ->
          Optional.of("holds a dump of memory, which a restored machine cannot use");
      case SCRATCH -> Optional.of("is scratch space of a running action");
    };
  }

  private Optional<PlannedVolume> plan(ClaimUse use) {
    ObjectRef claim = use.claim();
    Optional<String> refused = lookup.unreadable(Kinds.CLAIM, claim.namespace());
    if (refused.isPresent()) {
      findings.stop(
          FailureCode.CLUSTER_FORBIDDEN,
          claim,
          claim + " cannot be read: " + refused.get(),
          "Ask for the right to list persistentvolumeclaims in " + claim.namespace() + ".");
      return Optional.empty();
    }
    Optional<ObjectNode> object = lookup.find(Kinds.CLAIM, claim);
    if (object.isEmpty()) {
      findings.stop(
          FailureCode.OBJECT_NOT_FOUND,
          claim,
          claim + " does not exist, but " + use.machine() + " uses it (" + use.volume() + ")",
          "Make it, remove it from the machine, or exclude it: --exclude-volume " + claim.name());
      return Optional.empty();
    }
    return usable(claim, object.get()) ? withClass(use, object.get()) : Optional.empty();
  }

  private boolean usable(ObjectRef claim, ObjectNode object) {
    String phase = object.at("/status/phase").asText("Pending");
    if (object.at("/metadata/deletionTimestamp").isTextual()) {
      return stop(
          claim, "is being deleted", "Keep the data first: the claim goes with its last pod.");
    }
    if (phase.equals("Lost")) {
      return stop(claim, "has lost its volume (phase Lost)", "Repair it, or --exclude-volume it.");
    }
    if (!phase.equals("Bound")) {
      return stop(
          claim,
          "is not bound to a volume (phase " + phase + ")",
          "Start the machine once so that the volume is made, or --exclude-volume it.");
    }
    return populated(claim, object);
  }

  private boolean populated(ObjectRef claim, ObjectNode object) {
    ObjectRef dataVolume =
        ObjectRef.of(
            Kinds.DATA_VOLUME,
            claim.namespace(),
            RootResolver.controller(object)
                .filter(owner -> owner.path("kind").asText().equals(Kinds.DATA_VOLUME.kind()))
                .map(owner -> owner.path("name").asText())
                .orElse(claim.name()));
    Optional<String> unknown = lookup.unknown(Kinds.DATA_VOLUME, dataVolume);
    if (unknown.isPresent()) {
      return filledByItsOwnWords(claim, object, unknown.get());
    }
    Optional<ObjectNode> found = lookup.find(Kinds.DATA_VOLUME, dataVolume);
    String phase = found.map(dv -> dv.at("/status/phase").asText("Pending")).orElse("Succeeded");
    if (phase.equals("Succeeded")) {
      return true;
    }
    String progress = found.map(dv -> dv.at("/status/progress").asText("")).orElse("");
    return stop(
        claim,
        "is still being filled by "
            + dataVolume
            + " (phase "
            + phase
            + (progress.isEmpty() || progress.equals("N/A") ? "" : ", " + progress)
            + ")",
        "Wait until the DataVolume has succeeded, or --exclude-volume it.");
  }

  /// Where DataVolumes may not be read, the claim tells: CDI binds a claim that a populator fills
  /// only when it is full, and else notes on it how far its own pod is.
  private boolean filledByItsOwnWords(ObjectRef claim, ObjectNode object, String why) {
    JsonNode notes = object.at("/metadata/annotations");
    boolean ofCdi = notes.has(CDI_PHASE) || isOwnedByDataVolume(object);
    boolean full =
        notes.path(CDI_POPULATOR).asText().equals("true")
            || notes.path(CDI_PHASE).asText().equals("Succeeded");
    if (!ofCdi || full) {
      return true;
    }
    findings.stop(
        FailureCode.CLUSTER_FORBIDDEN,
        claim,
        "whether " + claim + " is filled is unknown: " + why,
        "Ask for the right to list datavolumes in " + claim.namespace() + ".");
    return false;
  }

  private static boolean isOwnedByDataVolume(ObjectNode object) {
    return RootResolver.controller(object)
        .filter(owner -> owner.path("kind").asText().equals(Kinds.DATA_VOLUME.kind()))
        .isPresent();
  }

  private Optional<PlannedVolume> withClass(ClaimUse use, ObjectNode object) {
    String storageClass = object.at("/spec/storageClassName").asText("");
    ClassChoice choice =
        storageClass.isEmpty()
            ? new ClassChoice.None("it has no StorageClass")
            : classes.computeIfAbsent(storageClass, snapshots::classFor);
    return switch (choice) {
      case ClassChoice.None(String reason) -> {
        findings.stop(
            FailureCode.PRECONDITION_FAILED,
            use.claim(),
            use.claim() + " cannot be snapshotted: " + reason,
            "Give its driver a VolumeSnapshotClass, or --exclude-volume " + use.claim().name());
        yield Optional.empty();
      }
      case ClassChoice.Chosen(String name, String driver) ->
          Optional.of(volume(use, object, storageClass, name, driver));
      case ClassChoice.Unknown(String reason) -> {
        findings.warn(
            use.claim(),
            "which VolumeSnapshotClass serves "
                + use.claim()
                + " is unknown; the cluster's default is used: "
                + reason,
            "Ask for the rights of the role firn-cluster, or go on where there is a default.");
        String driver = object.at("/metadata/annotations").path(PROVISIONER).asText("");
        yield Optional.of(volume(use, object, storageClass, "", driver));
      }
    };
  }

  private static PlannedVolume volume(
      ClaimUse use, ObjectNode object, String storageClass, String snapshotClass, String driver) {
    ClaimRole role = use.role();
    long request = bytes(object, "/spec/resources/requests/storage");
    return new PlannedVolume(
        use.claim(),
        role,
        use.volume(),
        object.at("/spec/volumeMode").asText("Filesystem").equals("Block"),
        storageClass,
        snapshotClass,
        driver,
        request,
        Math.max(request, bytes(object, "/status/capacity/storage")));
  }

  private static long bytes(ObjectNode object, String pointer) {
    String text = object.at(pointer).asText("");
    return text.isEmpty() ? 0 : Quantity.bytes(text);
  }

  private boolean stop(ObjectRef claim, String what, String nextStep) {
    findings.stop(FailureCode.PRECONDITION_FAILED, claim, claim + " " + what, nextStep);
    return false;
  }
}
