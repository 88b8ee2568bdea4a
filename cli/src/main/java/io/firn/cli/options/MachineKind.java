package io.firn.cli.options;

import io.firn.graph.Kinds;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A kind that can be backed up (machines, and what can be without one), under the names that
/// kubectl takes for it.
record MachineKind(ResourceKind kind, String shortName) {
  private static final List<MachineKind> ALL =
      List.of(
          new MachineKind(Kinds.VIRTUAL_MACHINE, "vm"),
          new MachineKind(Kinds.INSTANCE, "vmi"),
          new MachineKind(Kinds.REPLICA_SET, "vmirs"),
          new MachineKind(Kinds.POOL, "vmpool"));
  private static final List<MachineKind> PLAIN =
      List.of(
          new MachineKind(Kinds.CLAIM, "pvc"),
          new MachineKind(Kinds.DATA_VOLUME, "dv"),
          new MachineKind(Kinds.CONFIG_MAP, "cm"),
          new MachineKind(Kinds.SECRET, "secret"),
          new MachineKind(Kinds.SERVICE_ACCOUNT, "sa"),
          new MachineKind(Kinds.SERVICE, "svc"),
          new MachineKind(Kinds.INSTANCETYPE, "vminstancetype"),
          new MachineKind(Kinds.PREFERENCE, "vmpreference"),
          new MachineKind(Kinds.NETWORK_ATTACHMENT, "net-attach-def"));

  /// Short, singular and plural names, with or without the API group, in any case.
  static Optional<MachineKind> of(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return Stream.concat(ALL.stream(), PLAIN.stream()).filter(k -> k.isCalled(name)).findFirst();
  }

  /// The short names, for messages: `vm, vmi, vmirs, vmpool, pvc, …`.
  static String choices() {
    return Stream.concat(ALL.stream(), PLAIN.stream())
        .map(MachineKind::shortName)
        .collect(Collectors.joining(", "));
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
