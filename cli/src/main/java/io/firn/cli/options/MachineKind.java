package io.firn.cli.options;

import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A kind that can be backed up, under the names that kubectl takes for it.
record MachineKind(ResourceKind kind, String shortName) {
  private static final List<MachineKind> ALL =
      List.of(
          new MachineKind(Kinds.VIRTUAL_MACHINE, "vm"),
          new MachineKind(Kinds.INSTANCE, "vmi"),
          new MachineKind(Kinds.REPLICA_SET, "vmirs"),
          new MachineKind(Kinds.POOL, "vmpool"));

  /// Short, singular and plural names, with or without the API group, in any case.
  static Optional<MachineKind> of(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(k -> k.isCalled(name)).findFirst();
  }

  /// The short names, for messages: `vm, vmi, vmirs, vmpool`.
  static String choices() {
    return ALL.stream().map(MachineKind::shortName).collect(Collectors.joining(", "));
  }

  private boolean isCalled(String name) {
    String group = "." + kind.apiGroup();
    String bare = name.endsWith(group) ? name.substring(0, name.length() - group.length()) : name;
    return bare.equals(shortName)
        || bare.equals(shortName + "s")
        || bare.equals(kind.kind().toLowerCase(Locale.ROOT))
        || bare.equals(kind.plural());
  }
}
