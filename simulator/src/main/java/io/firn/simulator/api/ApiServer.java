package io.firn.simulator.api;

import java.net.URI;
import java.nio.file.Path;

/// A Kubernetes API server in this process, over HTTPS on loopback. Closing it ends all watches.
///
/// Thread-safe.
public final class ApiServer implements AutoCloseable {
  private ApiServer() {}

  public static ApiServer start(ApiServerOptions options) {
    throw new UnsupportedOperationException("stub");
  }

  public URI uri() {
    throw new UnsupportedOperationException("stub");
  }

  /// The certificate that clients trust, PEM.
  public Path certificate() {
    throw new UnsupportedOperationException("stub");
  }

  /// A bearer token for a user; `system:masters` among the groups may do everything, others are
  /// subject to RBAC.
  public String token(String user, String... groups) {
    throw new UnsupportedOperationException("stub");
  }

  /// Writes a kubeconfig for that token.
  public void writeKubeconfig(Path file, String clusterName, String token) {
    throw new UnsupportedOperationException("stub");
  }

  public void admit(AdmissionPlugin plugin) {
    throw new UnsupportedOperationException("stub");
  }

  public void aggregate(AggregatedApi api) {
    throw new UnsupportedOperationException("stub");
  }

  public void podLogs(PodLogSource source) {
    throw new UnsupportedOperationException("stub");
  }

  /// Faults to apply to requests from now on.
  public void faults(RequestFaults faults) {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
