package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// An answer on its way out.
sealed interface Reply {
  /// A JSON tree. `warnings` become Warning headers, as kubectl prints them.
  record Tree(int status, JsonNode body, List<String> warnings) implements Reply {}

  /// Any other text; `contentType` "" with an empty body.
  record Text(int status, String contentType, String body) implements Reply {}

  /// A body that is written while it comes into being, in chunks.
  record Streamed(String contentType, Body body) implements Reply {}

  /// Writes a streamed body; returns when it is over.
  interface Body {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  static Reply json(int status, JsonNode body) {
    return new Tree(status, body, List.of());
  }

  static Reply json(int status, JsonNode body, List<String> warnings) {
    return new Tree(status, body, warnings);
  }

  static Reply text(int status, String contentType, String body) {
    return new Text(status, contentType, body);
  }
}
