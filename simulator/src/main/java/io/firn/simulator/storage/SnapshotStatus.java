package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Writes the status of snapshots and contents.
final class SnapshotStatus {
  private static final long NANOS = 1_000_000_000L;

  private final ApiClient client;
  private final InstantSource clock;

  SnapshotStatus(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  void bound(ObjectNode snapshot, String content) {
    client.modifyStatus(
        Types.SNAPSHOT,
        ObjectKey.of(snapshot),
        one -> {
          ObjectNode status = Fields.object(one, "status");
          status.put("boundVolumeSnapshotContentName", content);
          if (!status.has("readyToUse")) {
            status.put("readyToUse", false);
          }
        });
  }

  /// A failure may clear later; what is known already stays.
  void failed(ResourceType type, ObjectNode object, String message) {
    if (Fields.text(object, "status", "error", "message").equals(message)) {
      return;
    }
    client.modifyStatus(
        type,
        ObjectKey.of(object),
        one -> {
          ObjectNode status = Fields.object(one, "status");
          status.put("readyToUse", false);
          status.putObject("error").put("message", message).put("time", now());
        });
  }

  /// The driver has taken the snapshot.
  void taken(ObjectNode content, String handle, Instant instant) {
    client.modifyStatus(
        Types.SNAPSHOT_CONTENT,
        ObjectKey.of(content),
        one -> {
          ObjectNode status = Fields.object(one, "status");
          status.put("snapshotHandle", handle);
          status.put("creationTime", instant.getEpochSecond() * NANOS + instant.getNano());
          status.put("readyToUse", false);
          status.remove("error");
        });
  }

  void ready(ObjectNode content, long sizeBytes) {
    client.modifyStatus(
        Types.SNAPSHOT_CONTENT,
        ObjectKey.of(content),
        one -> {
          ObjectNode status = Fields.object(one, "status");
          status.put("readyToUse", true).put("restoreSize", sizeBytes);
          status.remove("error");
        });
  }

  /// Passes a content's status on to its snapshot.
  void copy(ObjectNode snapshot, ObjectNode content) {
    client.modifyStatus(Types.SNAPSHOT, ObjectKey.of(snapshot), one -> copyInto(one, content));
  }

  private static void copyInto(ObjectNode snapshot, ObjectNode content) {
    ObjectNode status = Fields.object(snapshot, "status");
    status.put("boundVolumeSnapshotContentName", Meta.name(content));
    boolean ready = Fields.at(content, "status", "readyToUse").asBoolean();
    status.put("readyToUse", ready);
    long nanos = Fields.at(content, "status", "creationTime").asLong();
    if (nanos > 0) {
      Instant instant = Instant.ofEpochSecond(nanos / NANOS);
      status.put("creationTime", instant.toString());
    }
    long sizeBytes = Fields.at(content, "status", "restoreSize").asLong();
    if (sizeBytes > 0) {
      status.put("restoreSize", quantity(sizeBytes));
    }
    if (Fields.has(content, "status", "error")) {
      status.set("error", Fields.at(content, "status", "error").deepCopy());
    } else {
      status.remove("error");
    }
  }

  /// Bytes as Kubernetes prints them: the largest binary unit without a fraction.
  static String quantity(long bytes) {
    String[] units = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
    long value = bytes;
    int unit = 0;
    while (unit < units.length - 1 && value != 0 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + units[unit];
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
