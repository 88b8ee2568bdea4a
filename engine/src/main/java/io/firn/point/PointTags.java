package io.firn.point;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The tags of a point's snapshot: all that a list of points needs, in words that `restic snapshots
/// --tag` filters by. `vm=`, `vmi=`, `vmirs=` and `vmpool=` name machines, `uid=` their UIDs.
/// Unknown tags are ignored. Stateless.
final class PointTags {
  private static final Map<String, ResourceKind> MACHINES =
      Map.of(
          "vm", Kinds.VIRTUAL_MACHINE,
          "vmi", Kinds.INSTANCE,
          "vmirs", Kinds.REPLICA_SET,
          "vmpool", Kinds.POOL);

  private PointTags() {}

  static List<String> of(Manifest manifest, List<ObjectRef> roots, String run) {
    List<String> tags = new ArrayList<>();
    tags.add("point=" + manifest.point());
    tags.add("level=" + weakest(manifest).label());
    tags.add("run=" + run);
    List<ObjectRef> named = new ArrayList<>(roots);
    manifest.machines().stream()
        .map(Manifest.MachineFacts::machine)
        .filter(machine -> !named.contains(machine))
        .forEach(named::add);
    named.forEach(ref -> tags.add(key(ref) + "=" + ref.name()));
    manifest.machines().forEach(machine -> tags.add("uid=" + machine.uid()));
    return tags;
  }

  static Optional<PointName> point(List<String> tags) {
    return value(tags, "point").map(PointName::new);
  }

  static String run(List<String> tags) {
    return value(tags, "run").orElse("");
  }

  /// The weakest level of all where the tag is absent or not known.
  static ConsistencyLevel level(List<String> tags) {
    String label = value(tags, "level").orElse("");
    for (ConsistencyLevel level : ConsistencyLevel.values()) {
      if (level.label().equals(label.toLowerCase(Locale.ROOT))) {
        return level;
      }
    }
    return ConsistencyLevel.CRASH;
  }

  static List<ObjectRef> machines(List<String> tags, String namespace) {
    List<ObjectRef> machines = new ArrayList<>();
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      if (equals > 0) {
        Optional.ofNullable(MACHINES.get(tag.substring(0, equals)))
            .map(kind -> ObjectRef.of(kind, namespace, tag.substring(equals + 1)))
            .ifPresent(machines::add);
      }
    }
    return machines;
  }

  private static ConsistencyLevel weakest(Manifest manifest) {
    return manifest.machines().stream()
        .map(Manifest.MachineFacts::level)
        .min(ConsistencyLevel::compareTo)
        .orElse(ConsistencyLevel.FILESYSTEM);
  }

  private static String key(ObjectRef machine) {
    return MACHINES.entrySet().stream()
        .filter(e -> e.getValue().kind().equals(machine.kind()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a machine: " + machine));
  }

  private static Optional<String> value(List<String> tags, String key) {
    return tags.stream()
        .filter(tag -> tag.startsWith(key + "="))
        .map(tag -> tag.substring(key.length() + 1))
        .findFirst();
  }
}
