package io.firn.graph.links;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.Arrays;
import java.util.Optional;

/// The kinds that hold the specification of a machine, and where it lies in them.
enum MachineKind {
  VIRTUAL_MACHINE("spec", "spec.template"),
  INSTANCE("", ""),
  REPLICA_SET("", "spec.template"),
  POOL("spec.virtualMachineTemplate.spec", "spec.virtualMachineTemplate.spec.template");

  private final String machinePath;
  private final String templatePath;

  MachineKind(String machinePath, String templatePath) {
    this.machinePath = machinePath;
    this.templatePath = templatePath;
  }

  static Optional<MachineKind> of(ObjectRef ref) {
    return Arrays.stream(values())
        .filter(machine -> machine.resource().kind().equals(ref.kind()))
        .filter(machine -> machine.resource().apiGroup().equals(ref.apiGroup()))
        .findFirst();
  }

  ResourceKind resource() {
    return switch (this) {
      case VIRTUAL_MACHINE -> Kinds.VIRTUAL_MACHINE;
      case INSTANCE -> Kinds.INSTANCE;
      case REPLICA_SET -> Kinds.REPLICA_SET;
      case POOL -> Kinds.POOL;
    };
  }

  /// Where the fields of a VirtualMachine's spec are; empty for kinds that have only a template.
  Optional<String> machinePath() {
    return machinePath.isEmpty() ? Optional.empty() : Optional.of(machinePath);
  }

  String specPath() {
    return templatePath.isEmpty() ? "spec" : templatePath + ".spec";
  }

  String metadataPath() {
    return templatePath.isEmpty() ? "metadata" : templatePath + ".metadata";
  }
}
