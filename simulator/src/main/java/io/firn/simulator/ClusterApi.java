package io.firn.simulator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.ApiClient;
import java.net.URI;
import java.nio.file.Path;

/// The API server as the cluster's own parts use it: a connection for each, and what they add to
/// it.
///
/// Thread-safe.
public interface ClusterApi extends AutoCloseable {
  URI uri();

  /// A client that acts as a user and may do everything; closed with this.
  KubernetesClient connect(String user);

  /// The same for a part of kube-system.
  default ApiClient part(String name) {
    return new ApiClient(connect("system:serviceaccount:kube-system:" + name));
  }

  /// Writes a kubeconfig of a cluster admin.
  void writeKubeconfig(Path file);

  /// Writes a kubeconfig of whoever a bearer token stands for.
  void writeKubeconfig(Path file, String token);

  /// Asks a plugin from now on.
  void admit(AdmissionPlugin plugin);

  /// Has a group answered by somebody else from now on.
  void aggregate(AggregatedApi api);

  @Override
  void close();
}
