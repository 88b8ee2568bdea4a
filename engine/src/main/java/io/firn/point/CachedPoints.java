package io.firn.point;

import io.firn.graph.ObjectRef;
import io.firn.repository.Digest;
import io.firn.repository.SnapshotId;
import io.firn.repository.TreeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a domain's snapshots, as bytes for the cache: each ID, and the point that it
/// holds, if any. Snapshot files never change, so what was true of one stays true. Stateless.
final class CachedPoints {
  /// Below zero: bytes of before there were forms begin with a number of snapshots.
  private static final int FORM = -2;

  private CachedPoints() {}

  static byte[] write(Map<SnapshotId, Optional<PointSummary>> snapshots) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORM);
      out.writeInt(snapshots.size());
      for (Map.Entry<SnapshotId, Optional<PointSummary>> snapshot : snapshots.entrySet()) {
        digest(snapshot.getKey().digest(), out);
        out.writeBoolean(snapshot.getValue().isPresent());
        if (snapshot.getValue().isPresent()) {
          point(snapshot.getValue().get(), out);
        }
      }
    } catch (IOException e) {
      // A string of more than 64 KiB, which no tag of ours has: then nothing is remembered.
      return new byte[0];
    }
    return bytes.toByteArray();
  }

  /// Nothing where the bytes are not what was written.
  static Map<SnapshotId, Optional<PointSummary>> read(byte[] bytes, Domain domain) {
    Map<SnapshotId, Optional<PointSummary>> snapshots = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != FORM) {
        return Map.of();
      }
      for (int left = in.readInt(); left > 0; left--) {
        SnapshotId id = new SnapshotId(digest(in));
        snapshots.put(id, in.readBoolean() ? Optional.of(point(id, domain, in)) : Optional.empty());
      }
      return snapshots;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Map.of();
    }
  }

  private static void point(PointSummary point, DataOutputStream out) throws IOException {
    out.writeUTF(point.name().value());
    digest(point.tree().digest(), out);
    time(point.time(), out);
    out.writeUTF(point.cluster());
    out.writeUTF(point.namespace());
    out.writeUTF(point.level().name());
    out.writeInt(point.machines().size());
    for (ObjectRef machine : point.machines()) {
      out.writeUTF(machine.apiGroup());
      out.writeUTF(machine.kind());
      out.writeUTF(machine.namespace());
      out.writeUTF(machine.name());
      out.writeUTF(point.level(machine).name());
    }
    out.writeUTF(point.run());
    out.writeLong(point.sizeBytes());
    out.writeLong(point.storedBytes());
    protection(point.protection(), out);
    out.writeInt(point.labels().size());
    for (Map.Entry<String, String> label : point.labels().entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
  }

  private static PointSummary point(SnapshotId id, Domain domain, DataInputStream in)
      throws IOException {
    PointName name = new PointName(in.readUTF());
    TreeId tree = new TreeId(digest(in));
    Instant time = time(in);
    String cluster = in.readUTF();
    String namespace = in.readUTF();
    ConsistencyLevel level = ConsistencyLevel.valueOf(in.readUTF());
    List<ObjectRef> machines = new ArrayList<>();
    Map<ObjectRef, ConsistencyLevel> better = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      ObjectRef machine = new ObjectRef(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
      ConsistencyLevel own = ConsistencyLevel.valueOf(in.readUTF());
      machines.add(machine);
      if (own != level) {
        better.put(machine, own);
      }
    }
    return new PointSummary(
        name,
        domain,
        id,
        tree,
        time,
        cluster,
        namespace,
        machines,
        level,
        better,
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        protection(in),
        labels(in),
        List.of(id));
  }

  private static Map<String, String> labels(DataInputStream in) throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      labels.put(in.readUTF(), in.readUTF());
    }
    return labels;
  }

  private static void protection(Optional<Protection> protection, DataOutputStream out)
      throws IOException {
    out.writeBoolean(protection.isPresent());
    if (protection.isPresent()) {
      Optional<Instant> until = protection.get().until();
      out.writeBoolean(until.isPresent());
      if (until.isPresent()) {
        time(until.get(), out);
      }
      out.writeUTF(protection.get().reason());
    }
  }

  private static Optional<Protection> protection(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    Optional<Instant> until = in.readBoolean() ? Optional.of(time(in)) : Optional.empty();
    return Optional.of(new Protection(until, in.readUTF()));
  }

  private static void time(Instant time, DataOutputStream out) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Instant time(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void digest(Digest digest, DataOutputStream out) throws IOException {
    out.writeLong(digest.a());
    out.writeLong(digest.b());
    out.writeLong(digest.c());
    out.writeLong(digest.d());
  }

  private static Digest digest(DataInputStream in) throws IOException {
    return new Digest(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
