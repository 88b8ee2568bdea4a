package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// Server-side apply.
final class ServerSideApply {
  private ServerSideApply() {}

  static ObjectNode apply(
      Target target, ObjectNode present, ObjectNode applied, WriteOptions options, Instant now) {
    return StrategicMerge.apply(present, applied);
  }
}
