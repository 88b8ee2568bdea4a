package io.firn.point;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tags of a point's snapshot: all that a list of points needs, in words that `restic snapshots
/// --tag` filters by. `vm=`, `vmi=`, `vmirs=` and `vmpool=` name machines, `uid=` their UIDs.
/// `level=` is the weakest level, `level.vm.NAME=` that of a machine that reached more.
/// `protected=forever` or `protected=TIME` keeps the point from being forgotten, for the reason in
/// `protected-reason=`. `label.KEY=VALUE` is what its user calls it. `pvc=` names claims that were
/// captured without a machine. Unknown tags are ignored. Stateless.
public final class PointTags {
  private static final Map<String, ResourceKind> MACHINES =
      Map.of(
          "vm", Kinds.VIRTUAL_MACHINE,
          "vmi", Kinds.INSTANCE,
          "vmirs", Kinds.REPLICA_SET,
          "vmpool", Kinds.POOL,
          "pvc", Kinds.CLAIM);

  private static final String PROTECTED = "protected";
  private static final String REASON = "protected-reason";
  private static final String FOREVER = "forever";
  private static final String LABEL = "label.";

  private PointTags() {}

  static List<String> of(
      Manifest manifest, List<ObjectRef> roots, String run, Map<String, String> labels) {
    List<String> tags = new ArrayList<>();
    tags.add("point=" + manifest.point());
    tags.add("level=" + weakest(manifest).label());
    tags.add("run=" + run);
    List<ObjectRef> named = new ArrayList<>(roots.stream().filter(PointTags::named).toList());
    manifest.machines().stream()
        .map(Manifest.MachineFacts::machine)
        .filter(machine -> !named.contains(machine))
        .forEach(named::add);
    named.forEach(ref -> tags.add(key(ref) + "=" + ref.name()));
    manifest.machines().forEach(machine -> tags.add("uid=" + machine.uid()));
    manifest.machines().stream()
        .filter(machine -> machine.level() != weakest(manifest))
        .map(machine -> levelKey(machine.machine()) + "=" + machine.level().label())
        .forEach(tags::add);
    new TreeMap<>(labels).forEach((key, value) -> tags.add(LABEL + key + "=" + value));
    return tags;
  }

  /// Objects that no machine needs are in the point, and not in its name.
  private static boolean named(ObjectRef root) {
    return MACHINES.values().stream().anyMatch(kind -> kind.kind().equals(root.kind()));
  }

  /// What the point is called by its user.
  static Map<String, String> labels(List<String> tags) {
    Map<String, String> labels = new TreeMap<>();
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      if (tag.startsWith(LABEL) && equals > 0) {
        labels.put(tag.substring(LABEL.length(), equals), tag.substring(equals + 1));
      }
    }
    return labels;
  }

  /// The same tags with that protection, or with none.
  public static List<String> withProtection(List<String> tags, Optional<Protection> protection) {
    List<String> changed =
        new ArrayList<>(
            tags.stream()
                .filter(tag -> !tag.startsWith(PROTECTED + "=") && !tag.startsWith(REASON + "="))
                .toList());
    protection.ifPresent(p -> {
      changed.add(PROTECTED + "=" + p.until().map(Instant::toString).orElse(FOREVER));
      if (!p.reason().isEmpty()) {
        changed.add(REASON + "=" + p.reason());
      }
    });
    return changed;
  }

  /// For ever, too, where the time makes no sense: somebody wanted the point to be kept.
  static Optional<Protection> protection(List<String> tags) {
    return value(tags, PROTECTED)
        .map(time -> new Protection(time(time), value(tags, REASON).orElse("")));
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.equals(FOREVER) ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Optional<PointName> point(List<String> tags) {
    return value(tags, "point").map(PointName::new);
  }

  static String run(List<String> tags) {
    return value(tags, "run").orElse("");
  }

  /// The weakest level of all where the tag is absent or not known.
  static ConsistencyLevel level(List<String> tags) {
    return level(tags, "level").orElse(ConsistencyLevel.CRASH);
  }

  /// The levels of those machines that reached more than the weakest.
  static Map<ObjectRef, ConsistencyLevel> betterLevels(
      List<String> tags, List<ObjectRef> machines) {
    Map<ObjectRef, ConsistencyLevel> levels = new LinkedHashMap<>();
    machines.forEach(
        machine -> level(tags, levelKey(machine)).ifPresent(l -> levels.put(machine, l)));
    return levels;
  }

  private static Optional<ConsistencyLevel> level(List<String> tags, String key) {
    String label = value(tags, key).orElse("").toLowerCase(Locale.ROOT);
    return Arrays.stream(ConsistencyLevel.values())
        .filter(level -> level.label().equals(label))
        .findFirst();
  }

  private static String levelKey(ObjectRef machine) {
    return "level." + key(machine) + "." + machine.name();
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
