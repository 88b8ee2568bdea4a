package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ClaimRole;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Map;
import java.util.Optional;

/// Decides which captured objects come back at all. What KubeVirt or the cluster makes by itself is
/// never restored, and nothing that would do an action again.
final class Restorable {
  private static final Map<ResourceKind, String> NEVER =
      Map.ofEntries(
          Map.entry(Kinds.NAMESPACE, "made first where it is absent"),
          Map.entry(Kinds.POD, "made by KubeVirt"),
          Map.entry(Kinds.EVENT, "history"),
          Map.entry(Kinds.NODE, "belongs to the cluster"),
          Map.entry(Kinds.JOB, "would run again"),
          Map.entry(Kinds.VOLUME, "a new one is provisioned"),
          Map.entry(Kinds.DISRUPTION_BUDGET, "made by KubeVirt"),
          Map.entry(Kinds.STORAGE_CLASS, "belongs to the cluster"),
          Map.entry(Kinds.STORAGE_PROFILE, "belongs to the cluster"),
          Map.entry(Kinds.VOLUME_SNAPSHOT, "the data comes from the vault"),
          Map.entry(Kinds.VOLUME_SNAPSHOT_CONTENT, "the data comes from the vault"),
          Map.entry(Kinds.VOLUME_SNAPSHOT_CLASS, "belongs to the cluster"),
          Map.entry(Kinds.MIGRATION, "would migrate again"),
          Map.entry(Kinds.VM_SNAPSHOT, "would snapshot again"),
          Map.entry(Kinds.VM_RESTORE, "would restore again"),
          Map.entry(Kinds.VM_CLONE, "would clone again"),
          Map.entry(Kinds.VM_EXPORT, "would export again"),
          Map.entry(Kinds.VM_BACKUP, "would back up again"),
          Map.entry(Kinds.VM_BACKUP_TRACKER, "its checkpoint does not exist any more"),
          Map.entry(Kinds.POOL, "its machines come back on their own, outside of a pool"),
          Map.entry(Kinds.IPAM_CLAIM, "made by its controller"),
          Map.entry(Kinds.DATA_SOURCE, "source of an import that is done"),
          Map.entry(Kinds.DATA_IMPORT_CRON, "would import again"),
          Map.entry(Kinds.RESOURCE_CLAIM, "belongs to the devices of the old cluster"),
          Map.entry(Kinds.RESOURCE_CLAIM_TEMPLATE, "belongs to the devices of the old cluster"));

  private final CapturedPoint point;

  Restorable(CapturedPoint point) {
    this.point = point;
  }

  /// Why the object is not restored; empty where it is.
  Optional<String> reasonAgainst(ObjectRef ref, ObjectNode object) {
    if (!ref.namespace().isEmpty() && !ref.namespace().equals(point.namespace())) {
      return Optional.of("lies in another namespace, which is not restored");
    }
    return Kinds.of(ref)
        .map(NEVER::get)
        .or(() -> special(ref, object))
        .or(() ->
            RestoreStage.of(ref).isEmpty()
                ? Optional.of("a kind that Firn does not restore")
                : Optional.empty());
  }

  private Optional<String> special(ObjectRef ref, ObjectNode object) {
    String name = ref.name();
    return switch (ref.kind()) {
      case "VirtualMachineInstance" -> instance(object);
      case "ControllerRevision" -> revision(name, object);
      case "ServiceAccount" -> when(name.equals("default"), "every namespace has it");
      case "Secret" ->
          when(
              object.path("type").asText().equals("kubernetes.io/service-account-token"),
              "tokens are issued anew");
      case "PersistentVolumeClaim" -> claim(ref);
      case "VirtualMachine" -> Optional.empty();
      default -> Optional.empty();
    };
  }

  /// One that has an owner is made by it again; restored without, the machine of its name would
  /// take it over.
  private static Optional<String> instance(ObjectNode object) {
    return when(
        !object.path("metadata").path("ownerReferences").isEmpty(),
        "made by its machine or replica set");
  }

  private static Optional<String> revision(String name, ObjectNode object) {
    boolean ofPool = CapturedPoint.owner(object, Kinds.POOL).isPresent();
    return when(name.startsWith("revision-start-vm-"), "written at each start")
        .or(() -> when(ofPool, "belongs to a pool"));
  }

  private Optional<String> claim(ObjectRef ref) {
    boolean captured =
        point.manifest().volumes().stream().anyMatch(v -> v.claim().equals(ref.name()));
    if (captured) {
      return Optional.empty();
    }
    boolean scratch =
        point.graph().claims().stream()
            .filter(use -> use.claim().equals(ref))
            .anyMatch(
                use -> use.role() == ClaimRole.MEMORY_DUMP || use.role() == ClaimRole.SCRATCH);
    return Optional.of(scratch ? "holds no data of the machine" : "its data is not in the point");
  }

  private static Optional<String> when(boolean condition, String reason) {
    return condition ? Optional.of(reason) : Optional.empty();
  }
}
