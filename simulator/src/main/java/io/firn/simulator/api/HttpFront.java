package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Turns HTTP exchanges into requests and replies into HTTP, applies faults, and answers every
/// failure with a Status object.
final class HttpFront implements HttpHandler {
  private final Function<ApiRequest, Reply> handler;
  private final Tokens tokens;
  private final Protobuf protobuf = new Protobuf();
  private final AuditLog audit;
  private volatile RequestFaults faults = RequestFaults.NONE;

  HttpFront(Tokens tokens, AuditLog audit, Function<ApiRequest, Reply> handler) {
    this.tokens = tokens;
    this.audit = audit;
    this.handler = handler;
  }

  void faults(RequestFaults faults) {
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      serve(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void serve(HttpExchange exchange) throws IOException, InterruptedException {
    ApiRequest request;
    try {
      request = read(exchange);
    } catch (ApiFailure failure) {
      write(exchange, Reply.json(failure.code(), failure.status()));
      return;
    }
    if (request.header("upgrade").toLowerCase(Locale.ROOT).contains("websocket")) {
      // Clients that would rather watch over WebSocket fall back to HTTP on any plain answer.
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    switch (judge(request)) {
      case RequestFaults.Verdict.Pass() -> write(exchange, answer(request));
      case RequestFaults.Verdict.Delay(var by) -> {
        Thread.sleep(by);
        write(exchange, answer(request));
      }
      case RequestFaults.Verdict.Refuse(int status, String message, int retryAfterSeconds) -> {
        if (retryAfterSeconds > 0) {
          exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfterSeconds));
        }
        write(exchange, Reply.json(status, Refusal.status(status, message)));
      }
      case RequestFaults.Verdict.Cut(boolean afterWork) -> {
        if (afterWork) {
          answer(request);
        }
        // Closing the exchange without an answer closes the connection.
      }
    }
  }

  private RequestFaults.Verdict judge(ApiRequest request) {
    String user = tokens.identify(request.header("authorization")).map(User::name).orElse("");
    return faults.judge(request.method(), request.path(), user);
  }

  private Reply answer(ApiRequest request) {
    ApiRequest asked = request;
    try {
      User user =
          tokens
              .identify(request.header("authorization"))
              .orElseThrow(() -> ApiFailure.of(401, "Unauthorized", "Unauthorized"));
      asked = request.as(Impersonation.of(user, request));
      Reply reply = handler.apply(asked);
      audit.record(asked, asked.user(), status(reply));
      return reply;
    } catch (ApiFailure failure) {
      audit.record(asked, asked.user(), failure.code());
      return Reply.json(failure.code(), failure.status());
    } catch (RuntimeException e) {
      // The edge of a request: whatever went wrong is told to the client, and the server lives on.
      String message = "Internal error occurred: " + e;
      return Reply.json(500, ApiFailure.of(500, "InternalError", message).status());
    }
  }

  private static int status(Reply reply) {
    return switch (reply) {
      case Reply.Tree(int status, JsonNode _, List<String> _) -> status;
      case Reply.Text(int status, String _, String _) -> status;
      case Reply.Streamed _ -> 200;
    };
  }

  private ApiRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String query = exchange.getRequestURI().getRawQuery();
    return new ApiRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Query.parse(query == null ? "" : query),
        headers,
        text(headers, body),
        User.ANONYMOUS);
  }

  /// The body as text; protobuf is turned into JSON.
  private String text(Map<String, String> headers, byte[] body) {
    String type = headers.getOrDefault("content-type", "");
    if (!type.startsWith(Protobuf.MEDIA_TYPE) || body.length == 0) {
      return new String(body, StandardCharsets.UTF_8);
    }
    headers.put("content-type", "application/json");
    return Json.text(protobuf.decode(body));
  }

  private static void write(HttpExchange exchange, Reply reply)
      throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Tree(int status, JsonNode body, List<String> warnings) -> {
        for (String warning : warnings) {
          exchange.getResponseHeaders().add("Warning", "299 - \"" + quoted(warning) + "\"");
        }
        write(exchange, status, "application/json", Json.bytes(body));
      }
      case Reply.Text(int status, String contentType, String body) ->
          write(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8));
      case Reply.Streamed(String contentType, Reply.Body body) -> {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          out.flush();
          body.writeTo(out);
        }
      }
    }
  }

  private static void write(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    if (!contentType.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
