package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// Who owns which fields.
final class FieldOwnership {
  private FieldOwnership() {}

  static void created(Target target, ObjectNode object, WriteOptions options, Instant now) {}

  static void updated(
      Target target, ObjectNode old, ObjectNode next, WriteOptions options, Instant now) {}
}
