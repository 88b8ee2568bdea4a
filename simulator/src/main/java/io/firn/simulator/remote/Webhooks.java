package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.client.Fields;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Answers the API server's webhooks: `/mutate/NAME` and `/validate/NAME` for the plugin of that
/// name, `/probe/NAME` to see that its configuration is in force.
///
/// Thread-safe.
final class Webhooks implements HttpHandler {
  private final Map<String, AdmissionPlugin> plugins = new ConcurrentHashMap<>();
  private final Set<String> probed = ConcurrentHashMap.newKeySet();

  void add(AdmissionPlugin plugin) {
    plugins.put(plugin.name(), plugin);
  }

  /// Whether the API server has asked at a probe's path since the last call.
  boolean probed(String path) {
    return probed.remove(path);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    AdmissionReview review =
        AdmissionReview.of(Fields.JSON.readTree(exchange.getRequestBody().readAllBytes()));
    String[] steps = path.split("/", 3);
    AdmissionPlugin plugin = plugins.get(steps[steps.length - 1]);
    if (path.startsWith("/probe/")) {
      probed.add(path);
      HttpAnswers.json(exchange, 200, review.allowed());
    } else if (plugin == null) {
      HttpAnswers.text(exchange, 404, "no webhook is served at " + path);
    } else {
      HttpAnswers.json(exchange, 200, answer(plugin, path.startsWith("/mutate/"), review));
    }
  }

  private static ObjectNode answer(
      AdmissionPlugin plugin, boolean mutating, AdmissionReview review) {
    return mutating ? review.mutate(plugin) : review.validate(plugin);
  }
}
