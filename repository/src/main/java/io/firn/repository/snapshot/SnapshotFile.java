package io.firn.repository.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.repository.Snapshot;
import io.firn.repository.SnapshotId;
import io.firn.repository.SnapshotSummary;
import io.firn.repository.TreeId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The JSON of a snapshot file (format notes 1.8). Keys that restic does not know would be lost
/// when it rewrites a snapshot, so there are none.
public final class SnapshotFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SnapshotFile() {}

  public static byte[] encode(Snapshot snapshot) {
    ObjectNode json = JSON.createObjectNode();
    json.put("time", time(snapshot.time()));
    snapshot.parent().ifPresent(parent -> json.put("parent", parent.toString()));
    json.put("tree", snapshot.tree().toString());
    strings(snapshot.paths(), json.putArray("paths"));
    json.put("hostname", snapshot.hostname());
    json.put("username", snapshot.username());
    if (!snapshot.tags().isEmpty()) {
      strings(snapshot.tags(), json.putArray("tags"));
    }
    snapshot.original().ifPresent(original -> json.put("original", original.toString()));
    if (!snapshot.programVersion().isEmpty()) {
      json.put("program_version", snapshot.programVersion());
    }
    snapshot.summary().ifPresent(summary -> encode(summary, json.putObject("summary")));
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of plain values could not be written", e);
    }
  }

  public static Snapshot decode(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    try {
      return new Snapshot(
          instant(json.path("time")),
          TreeId.of(json.path("tree").asText()),
          strings(json.path("paths")),
          json.path("hostname").asText(),
          json.path("username").asText(),
          strings(json.path("tags")),
          json.path("program_version").asText(),
          id(json.path("parent")),
          json.hasNonNull("summary")
              ? Optional.of(summary(json.path("summary")))
              : Optional.empty(),
          id(json.path("original")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// The same snapshot with other tags: every other key stays as it is, known to us or not. The
  /// first version's ID is kept as `original`.
  static byte[] retag(byte[] bytes, SnapshotId old, List<String> tags) throws IOException {
    if (!(JSON.readTree(bytes) instanceof ObjectNode json)) {
      throw new IOException("it is not a JSON object");
    }
    if (tags.isEmpty()) {
      json.remove("tags");
    } else {
      strings(tags, json.putArray("tags"));
    }
    if (!json.hasNonNull("original")) {
      json.put("original", old.toString());
    }
    return JSON.writeValueAsBytes(json);
  }

  private static Optional<SnapshotId> id(JsonNode value) {
    return value.isTextual() ? Optional.of(SnapshotId.of(value.asText())) : Optional.empty();
  }

  private static void encode(SnapshotSummary summary, ObjectNode json) {
    json.put("backup_start", time(summary.backupStart()));
    json.put("backup_end", time(summary.backupEnd()));
    json.put("files_new", summary.filesProcessed());
    json.put("files_changed", 0);
    json.put("files_unmodified", 0);
    json.put("dirs_new", 0);
    json.put("dirs_changed", 0);
    json.put("dirs_unmodified", 0);
    json.put("data_blobs", summary.dataBlobs());
    json.put("tree_blobs", summary.treeBlobs());
    json.put("data_added", summary.dataAdded());
    json.put("data_added_packed", summary.dataAddedPacked());
    json.put("total_files_processed", summary.filesProcessed());
    json.put("total_bytes_processed", summary.bytesProcessed());
  }

  private static SnapshotSummary summary(JsonNode json) {
    return new SnapshotSummary(
        instant(json.path("backup_start")),
        instant(json.path("backup_end")),
        json.path("total_files_processed").asLong(),
        json.path("total_bytes_processed").asLong(),
        json.path("data_blobs").asLong(),
        json.path("tree_blobs").asLong(),
        json.path("data_added").asLong(),
        json.path("data_added_packed").asLong());
  }

  private static void strings(List<String> values, ArrayNode array) {
    values.forEach(array::add);
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }

  private static String time(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private static Instant instant(JsonNode value) {
    return OffsetDateTime.parse(value.asText()).toInstant();
  }
}
