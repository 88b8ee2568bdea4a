package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Writes whole answers and ends the exchange.
final class HttpAnswers {
  private HttpAnswers() {}

  static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
    write(exchange, status, "application/json", body.toString());
  }

  static void text(HttpExchange exchange, int status, String body) throws IOException {
    write(exchange, status, "text/plain; charset=utf-8", body);
  }

  /// `contentType` "" goes with an empty body.
  static void write(HttpExchange exchange, int status, String contentType, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (!contentType.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
    }
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
