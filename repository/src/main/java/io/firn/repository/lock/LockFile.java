package io.firn.repository.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What a lock file says (format notes 1.10). `begun` and the owner's kernel are Firn's own, and
/// restic passes over them: a lock that has `begun` gives way to a prune (decision 0037), for its
/// owner has begun his work then, and looks whether all is there before he makes a point.
record LockFile(Instant time, boolean exclusive, ProcessIdentity owner, Optional<Instant> begun) {
  /// restic's: a lock that was not refreshed for so long is nobody's.
  static final Duration STALE_AFTER = Duration.ofMinutes(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  LockFile(Instant time, boolean exclusive, ProcessIdentity owner) {
    this(time, exclusive, owner, Optional.empty());
  }

  LockFile refreshed(Instant now) {
    return new LockFile(now, exclusive, owner, begun);
  }

  /// Too old, or made on this host by a process that has ended.
  boolean stale(Instant now, ProcessIdentity self, ProcessTable processes) {
    return time.isBefore(now.minus(STALE_AFTER))
        || (owner.hostname().equals(self.hostname()) && !processes.alive(owner.pid()));
  }

  /// Its process ran on this very kernel, and does not run any more: certain, where staleness is a
  /// guess (decision 0045).
  boolean surelyDead(ProcessIdentity self, ProcessTable processes) {
    return owner.sharesProcessesWith(self) && !processes.alive(owner.pid());
  }

  boolean conflictsWith(boolean wantExclusive) {
    return exclusive || wantExclusive;
  }

  byte[] encode() {
    ObjectNode json = JSON.createObjectNode();
    json.put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)));
    json.put("exclusive", exclusive);
    begun.ifPresent(since -> json.put("begun", since.toString()));
    json.put("hostname", owner.hostname());
    json.put("username", owner.username());
    json.put("pid", owner.pid());
    owner.kernel().ifPresent(kernel -> json.put("kernel", kernel));
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of plain values could not be written", e);
    }
  }

  static LockFile decode(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    try {
      return new LockFile(
          OffsetDateTime.parse(json.path("time").asText()).toInstant(),
          json.path("exclusive").asBoolean(),
          new ProcessIdentity(
              json.path("hostname").asText(),
              json.path("username").asText(),
              json.path("pid").asLong(),
              text(json, "kernel")),
          text(json, "begun").map(Instant::parse));
    } catch (DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.of(json.path(field).asText()).filter(text -> !text.isEmpty());
  }
}
