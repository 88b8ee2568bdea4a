package io.firn.graph.links;

import io.firn.graph.DependencyType;
import io.firn.graph.ObjectRef;

/// Which of KubeVirt's dependency types a kind belongs to. KubeVirt labels the kinds that its own
/// graph has; replica sets and pools run machines, so they count as compute here.
final class NodeTypes {
  private NodeTypes() {}

  static DependencyType of(ObjectRef ref) {
    return switch (ref.kind()) {
      case "VirtualMachine",
          "VirtualMachineInstance",
          "VirtualMachineInstanceReplicaSet",
          "VirtualMachinePool",
          "Pod" ->
          DependencyType.COMPUTE;
      case "DataVolume", "PersistentVolumeClaim" -> DependencyType.STORAGE;
      case "NetworkAttachmentDefinition" -> DependencyType.NETWORK;
      case "ConfigMap",
          "Secret",
          "ServiceAccount",
          "ControllerRevision",
          "VirtualMachineInstancetype",
          "VirtualMachineClusterInstancetype",
          "VirtualMachinePreference",
          "VirtualMachineClusterPreference" ->
          DependencyType.CONFIG;
      default -> DependencyType.OTHER;
    };
  }
}
