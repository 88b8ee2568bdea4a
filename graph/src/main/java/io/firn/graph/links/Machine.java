package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// An object that holds the specification of a machine, read the same way whatever its kind.
record Machine(MachineKind kind, ObjectRef ref, ObjectNode object) {
  static Optional<Machine> of(ObjectRef ref, ObjectNode object) {
    return MachineKind.of(ref).map(kind -> new Machine(kind, ref, object));
  }

  /// The specification of the instance: `spec.template.spec` of a VM, `spec` of an instance.
  JsonNode spec() {
    return Json.at(object, kind.specPath());
  }

  /// The path in the object of a field of [#spec].
  String path(String field) {
    return kind.specPath() + "." + field;
  }

  /// The specification of the VirtualMachine (its matchers and DataVolume templates); a missing
  /// node for kinds that have none.
  JsonNode machineSpec() {
    return kind.machinePath()
        .map(path -> Json.at(object, path))
        .orElseGet(MissingNode::getInstance);
  }

  /// The path in the object of a field of [#machineSpec].
  String machinePath(String field) {
    return kind.machinePath().map(path -> path + "." + field).orElse(field);
  }

  /// The metadata that an instance made from this machine gets.
  JsonNode templateMetadata() {
    return Json.at(object, kind.metadataPath());
  }

  JsonNode volumes() {
    return spec().path("volumes");
  }

  /// A namespaced object beside the machine.
  ObjectRef sibling(ResourceKind resource, String name) {
    return ObjectRef.of(resource, ref.namespace(), name);
  }

  /// The running instance of a VirtualMachine, or the instance itself. KubeVirt gives an instance
  /// the name of its machine.
  Optional<ObjectNode> instance(ObjectIndex index) {
    return switch (kind) {
      case VIRTUAL_MACHINE -> index.list(Kinds.INSTANCE, ref.namespace()).named(ref.name());
      case INSTANCE -> Optional.of(object);
      case REPLICA_SET, POOL -> Optional.empty();
    };
  }

  /// Whether the claim of that name is not one of this object: a pool makes the DataVolumes of its
  /// templates once per replica, with the replica's number behind the name.
  boolean isMadePerReplica(String claimName) {
    return kind == MachineKind.POOL
        && StreamSupport.stream(machineSpec().path("dataVolumeTemplates").spliterator(), false)
            .anyMatch(template -> Json.name(template).equals(claimName));
  }

  /// Whether each replica of this pool names ConfigMaps of its own.
  boolean hasConfigMapsPerReplica() {
    return kind == MachineKind.POOL
        && Json.isTrue(object, "spec.nameGeneration.appendIndexToConfigMapRefs");
  }

  /// Whether each replica of this pool names Secrets of its own in its volumes.
  boolean hasSecretsPerReplica() {
    return kind == MachineKind.POOL
        && Json.isTrue(object, "spec.nameGeneration.appendIndexToSecretRefs");
  }
}
