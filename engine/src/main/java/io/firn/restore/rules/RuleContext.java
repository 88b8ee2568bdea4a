package io.firn.restore.rules;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.point.Manifest.MachineFacts;
import io.firn.point.Manifest.VolumeFacts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What rules need to know beside the definition in their hands. `renames` maps a captured object
/// to its new name; `machines` are the manifest's facts by name, `volumes` by claim; `succeeded`
/// are the DataVolumes that were complete at capture and come back; `dataVolumes` all that the
/// point has. `mark` and `point` are what the restore is known by.
///
/// Immutable.
public record RuleContext(
    String sourceNamespace,
    String targetNamespace,
    Map<ObjectRef, String> renames,
    Map<String, String> storageClasses,
    boolean newMac,
    boolean newFirmwareUuid,
    Map<String, MachineFacts> machines,
    Map<String, VolumeFacts> volumes,
    Set<String> succeeded,
    Set<String> dataVolumes,
    String mark,
    String point) {
  public RuleContext {
    renames = Map.copyOf(renames);
    storageClasses = Map.copyOf(storageClasses);
    machines = Map.copyOf(machines);
    volumes = Map.copyOf(volumes);
    succeeded = Set.copyOf(succeeded);
    dataVolumes = Set.copyOf(dataVolumes);
  }

  /// The name that an object of the captured namespace gets.
  String nameOf(ResourceKind kind, String name) {
    return renames.getOrDefault(ObjectRef.of(kind, sourceNamespace, name), name);
  }

  /// A claim and its DataVolume are always renamed together.
  String claimName(String name) {
    return nameOf(Kinds.CLAIM, name);
  }

  /// The namespace to write where `namespace` stood.
  String namespaceOf(String namespace) {
    return namespace.equals(sourceNamespace) ? targetNamespace : namespace;
  }

  boolean moved() {
    return !sourceNamespace.equals(targetNamespace);
  }

  Optional<MachineFacts> facts(String machine) {
    return Optional.ofNullable(machines.get(machine));
  }

  Optional<VolumeFacts> volume(String claim) {
    return Optional.ofNullable(volumes.get(claim));
  }
}
