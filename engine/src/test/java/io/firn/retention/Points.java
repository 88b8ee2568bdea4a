package io.firn.retention;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Domain;
import io.firn.point.PointName;
import io.firn.point.PointSummary;
import io.firn.point.Protection;
import io.firn.repository.Digest;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Points for tests of plans: a name, a time and the machines, `vm` unless the name says otherwise
/// (`vmpool/x`).
final class Points {
  private Points() {}

  static PointSummary point(String time, String... machines) {
    return point(ConsistencyLevel.FILESYSTEM, Optional.empty(), time, machines);
  }

  static PointSummary crash(String time, String... machines) {
    return point(ConsistencyLevel.CRASH, Optional.empty(), time, machines);
  }

  static PointSummary held(Protection protection, String time, String... machines) {
    return point(ConsistencyLevel.FILESYSTEM, Optional.of(protection), time, machines);
  }

  static ObjectRef machine(String name) {
    String[] parts = name.split("/");
    return switch (parts[0]) {
      case "vmpool" -> ObjectRef.of(Kinds.POOL, "shop", parts[1]);
      case "vmirs" -> ObjectRef.of(Kinds.REPLICA_SET, "shop", parts[1]);
      case "vmi" -> ObjectRef.of(Kinds.INSTANCE, "shop", parts[1]);
      default -> ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", parts[0]);
    };
  }

  private static PointSummary point(
      ConsistencyLevel level, Optional<Protection> protection, String time, String... machines) {
    Instant at = Instant.parse(time);
    List<ObjectRef> refs = Arrays.stream(machines).map(Points::machine).toList();
    SnapshotId id = new SnapshotId(new Digest(at.getEpochSecond(), refs.hashCode(), 0, 0));
    return new PointSummary(
        PointName.at(at, () -> refs.hashCode()),
        new Domain("shop"),
        id,
        new TreeId(id.digest()),
        at,
        "cluster",
        "shop",
        refs,
        level,
        Map.of(),
        "run",
        0,
        0,
        protection,
        Map.of(),
        List.of(id));
  }
}
