package io.firn.cli.options;

import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds that can be backed up, under the names that kubectl takes for them.
enum MachineKind {
  VM(Kinds.VIRTUAL_MACHINE, "vm", "vms"),
  VMI(Kinds.INSTANCE, "vmi", "vmis"),
  VMIRS(Kinds.REPLICA_SET, "vmirs", "vmirss"),
  VMPOOL(Kinds.POOL, "vmpool", "vmpools");

  private final ResourceKind kind;
  private final List<String> shortNames;

  MachineKind(ResourceKind kind, String... shortNames) {
    this.kind = kind;
    this.shortNames = List.of(shortNames);
  }

  ResourceKind kind() {
    return kind;
  }

  /// Short, singular and plural names, with or without the API group, in any case.
  static Optional<MachineKind> of(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(k -> k.isCalled(name)).findFirst();
  }

  /// The short names, for messages: `vm, vmi, vmirs, vmpool`.
  static String choices() {
    return Arrays.stream(values())
        .map(k -> k.shortNames.getFirst())
        .collect(Collectors.joining(", "));
  }

  private boolean isCalled(String name) {
    String singular = kind.kind().toLowerCase(Locale.ROOT);
    String group = "." + kind.apiGroup();
    String bare = name.endsWith(group) ? name.substring(0, name.length() - group.length()) : name;
    return shortNames.contains(bare) || bare.equals(singular) || bare.equals(kind.plural());
  }
}
