package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.Fields;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Serves a group to an API server's aggregation layer. Who asks is what the API server says in
/// `X-Remote-User`: the port lets nobody else in, and the API server has checked the rights.
///
/// Thread-safe.
record AggregatedGroup(AggregatedApi api) implements HttpHandler {
  private static final String ROOT = "/apis/";

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String group = ROOT + api.apiGroup();
    String rest = path.startsWith(group + "/") ? path.substring(group.length() + 1) : "";
    int slash = rest.indexOf('/');
    String version = slash < 0 ? rest : rest.substring(0, slash);
    if (path.equals(group)) {
      HttpAnswers.json(exchange, 200, versions());
    } else if (!api.versions().contains(version)) {
      HttpAnswers.text(exchange, 404, "404 page not found\n");
    } else if (slash < 0 || slash == rest.length() - 1) {
      HttpAnswers.json(exchange, 200, api.resources(version));
    } else {
      forward(exchange, version, rest.substring(slash));
    }
  }

  private void forward(HttpExchange exchange, String version, String path) throws IOException {
    String user = exchange.getRequestHeaders().getFirst("X-Remote-User");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    AggregatedApi.Response response =
        api.handle(
            new AggregatedApi.Request(
                exchange.getRequestMethod(),
                version,
                path,
                query(exchange.getRequestURI().getRawQuery()),
                headers(exchange),
                body,
                user == null ? "" : user));
    HttpAnswers.write(exchange, response.status(), response.contentType(), response.body());
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.put(
          URLDecoder.decode(name, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return values;
  }

  private ObjectNode versions() {
    ObjectNode group = Fields.newObject().put("kind", "APIGroup").put("apiVersion", "v1");
    group.put("name", api.apiGroup());
    for (String version : api.versions()) {
      Fields.array(group, "versions").add(version(version));
    }
    group.set("preferredVersion", version(api.versions().getFirst()));
    return group;
  }

  private ObjectNode version(String version) {
    return Fields.newObject()
        .put("groupVersion", api.apiGroup() + "/" + version)
        .put("version", version);
  }
}
