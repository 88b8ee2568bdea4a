package io.firn.simulator.api;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A Kubernetes API server in this process, over HTTPS on loopback. Closing it ends all watches.
///
/// Thread-safe.
public final class ApiServer implements AutoCloseable {
  private static final int LOG_CAPACITY = 5000;

  private final Parts parts;
  private final AuditLog audit;
  private final HttpFront front;
  private final HttpsServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private ApiServer(Parts parts, AuditLog audit, int port) throws IOException {
    this.parts = parts;
    this.audit = audit;
    this.front = new HttpFront(parts.tokens(), audit, parts.dispatcher()::handle);
    this.http =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setHttpsConfigurator(new HttpsConfigurator(parts.identity().context()));
    http.setExecutor(threads);
    http.createContext("/", front);
    http.start();
  }

  /// Starts a server with an empty cluster: the usual namespaces and roles, nothing else.
  public static ApiServer start(ApiServerOptions options) {
    return start(options, LOG_CAPACITY);
  }

  /// The same, remembering only so many changes of each resource for watches to begin from.
  static ApiServer start(ApiServerOptions options, int logCapacity) {
    tune();
    Parts parts = Parts.assemble(options, logCapacity);
    AuditLog audit = AuditLog.at(options.directory().resolve("audit.log"), options.clock());
    try {
      return new ApiServer(parts, audit, options.port());
    } catch (IOException e) {
      parts.close();
      audit.close();
      throw new UncheckedIOException(
          "the API server could not listen on loopback port " + options.port(), e);
    }
  }

  /// The JDK's HTTP server reads its settings from system properties, once; what the user set is
  /// left alone. Small answers must not wait for the acknowledgement of the one before. And the
  /// server must not be the one who closes idle connections: it would do so just when a client
  /// sends its next request.
  private static void tune() {
    Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.idleInterval", "3600",
            "sun.net.httpserver.maxIdleConnections", "10000")
        .forEach((name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  public URI uri() {
    return URI.create("https://127.0.0.1:" + http.getAddress().getPort());
  }

  /// The certificate that clients trust, PEM.
  public Path certificate() {
    return parts.identity().certificate();
  }

  /// Who asked what: a line of JSON for each request, in kube-apiserver's own shape.
  public Path auditLog() {
    return audit.file();
  }

  /// A bearer token for a user; `system:masters` among the groups may do everything, others are
  /// subject to RBAC.
  public String token(String user, String... groups) {
    List<String> all = new ArrayList<>(List.of(groups));
    all.add("system:authenticated");
    return parts.tokens().issue(new User(user, "", all));
  }

  /// Writes a kubeconfig for that token.
  public void writeKubeconfig(Path file, String clusterName, String token) {
    Kubeconfig.write(file, clusterName, uri(), certificate(), token);
  }

  public void admit(AdmissionPlugin plugin) {
    parts.admission().add(plugin);
  }

  public void aggregate(AggregatedApi api) {
    parts.aggregation().add(api);
  }

  public void podLogs(PodLogSource source) {
    parts.logs().source(source);
  }

  /// Faults to apply to requests from now on.
  public void faults(RequestFaults faults) {
    front.faults(faults);
  }

  @Override
  public void close() {
    parts.close();
    http.stop(0);
    threads.shutdownNow();
    audit.close();
  }
}
