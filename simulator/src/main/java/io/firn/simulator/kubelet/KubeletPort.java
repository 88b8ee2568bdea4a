package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.firn.simulator.Controller;
import io.firn.simulator.api.PodLog;
import io.firn.simulator.api.PodLogOptions;
import io.firn.simulator.api.PodLogSource;
import io.firn.simulator.api.PodLogView;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.tls.ServerIdentity;
import io.firn.simulator.tls.TlsPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kubelet's port, where an API server asks for logs: `/containerLogs/NAMESPACE/POD/CONTAINER`.
/// The Node tells where it is.
///
/// Thread-safe.
public final class KubeletPort implements Controller, HttpHandler {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ApiClient client;
  private final PodLogSource logs;
  private final InstantSource clock;
  private final TlsPort port;

  /// Listens at once on any free port of the Node's address; to those only whose certificates the
  /// authorities signed, where they are known.
  public KubeletPort(
      ApiClient client,
      PodLogSource logs,
      ServerIdentity identity,
      Optional<ServerIdentity.Authorities> callers,
      String address,
      InstantSource clock) {
    this.client = client;
    this.logs = logs;
    this.clock = clock;
    InetSocketAddress any = new InetSocketAddress(address, 0);
    this.port =
        callers
            .map(authorities -> TlsPort.mutual(any, identity, authorities, this))
            .orElseGet(() -> TlsPort.open(any, identity, this));
  }

  @Override
  public String name() {
    return "kubelet-port";
  }

  /// Tells the API server where the port is; the Node has to be there.
  @Override
  public void start() {
    client.modifyStatus(
        NodeObject.NODES,
        new ObjectKey("", NodeContext.NODE),
        node ->
            Fields.object(node, "status", "daemonEndpoints", "kubeletEndpoint")
                .put("Port", port.port()));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    try (exchange) {
      if (path.length == 5 && path[1].equals("containerLogs")) {
        serve(exchange, new Container(path[2], path[3], path[4]));
      } else {
        refuse(exchange, 404, "404 page not found\n");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Container(String namespace, String pod, String name) {}

  private void serve(HttpExchange exchange, Container container)
      throws IOException, InterruptedException {
    PodLogOptions options;
    try {
      options = PodLogOptions.of(query(exchange.getRequestURI().getRawQuery()), clock.instant());
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    Optional<PodLog> log = log(container, options);
    if (log.isEmpty()) {
      refuse(exchange, 400, missing(container, options.previous()));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, 0);
    write(exchange.getResponseBody(), container, options);
  }

  private Optional<PodLog> log(Container container, PodLogOptions options) {
    return logs.log(container.namespace(), container.pod(), container.name(), options.previous());
  }

  private static String missing(Container container, boolean previous) {
    String form =
        previous
            ? "previous terminated container \"%s\" in pod \"%s\" not found"
            : "container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating";
    return form.formatted(container.name(), container.pod());
  }

  private void write(OutputStream out, Container container, PodLogOptions options)
      throws IOException, InterruptedException {
    PodLogView view = new PodLogView(options);
    while (true) {
      boolean over = !options.follow() || options.previous() || hasEnded(container);
      Optional<PodLog> log = log(container, options);
      if (log.isPresent()) {
        out.write(view.next(log.get(), clock.instant(), over));
        out.flush();
      }
      if (over || view.full()) {
        return;
      }
      Thread.sleep(POLL);
    }
  }

  private boolean hasEnded(Container container) {
    return client
        .get(Types.POD, container.namespace(), container.pod())
        .map(pod -> List.of("Succeeded", "Failed").contains(phase(pod)))
        .orElse(true);
  }

  private static String phase(ObjectNode pod) {
    return Fields.text(pod, "status", "phase");
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    byte[] bytes = why.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    port.close();
  }
}
