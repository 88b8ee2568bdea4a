package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.firn.cluster.Access;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterIdentity;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.MoverJobs;
import io.firn.cluster.Quiesce;
import io.firn.cluster.VolumeSnapshots;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// A cluster reached over its API server.
///
/// Thread-safe.
public final class KubernetesCluster implements Cluster {
  private static final Duration RETRY_BUDGET = Duration.ofSeconds(30);

  private final HttpClient http;
  private final Config config;
  private final String name;
  private final Api api;
  private final ClusterObjects objects;
  private final MoverJobs movers;

  private KubernetesCluster(HttpClient http, Config config, String name) {
    this.http = http;
    this.config = config;
    this.name = name;
    URI server = URI.create(config.getMasterUrl());
    Transport transport =
        new RetryingTransport(
            new HttpTransport(http, server),
            RETRY_BUDGET,
            Pause.REAL,
            RandomGenerator.getDefault());
    this.api = new Api(transport, new ApiErrors(server));
    this.objects = new GenericObjects(api, new Discovery(api), Pause.REAL);
    this.movers = new JobMovers(objects, api);
  }

  /// Reads the kubeconfig; asks nothing of the server. `NO_CONTEXT` where there is none to read.
  public static Cluster connect(ConnectOptions options) {
    ClientSettings settings = ClientSettings.of(options);
    HttpClient http = HttpClientUtils.getHttpClientFactory().newBuilder(settings.config()).build();
    return new KubernetesCluster(http, settings.config(), settings.clusterName());
  }

  @Override
  public ClusterIdentity identity() {
    return new ClusterIdentity(name, config.getMasterUrl(), uid());
  }

  @Override
  public String kubernetesVersion() {
    JsonNode version =
        api.object(
            ApiRequest.get("/version"), new Operation("get", "version", "", "", "its version"));
    return version.path("gitVersion").asText("");
  }

  @Override
  public String defaultNamespace() {
    String namespace = config.getNamespace();
    return namespace == null || namespace.isEmpty() ? "default" : namespace;
  }

  @Override
  public ClusterObjects objects() {
    return objects;
  }

  @Override
  public Access access() {
    return new SelfReviews(api);
  }

  @Override
  public Quiesce quiesce() {
    return new SubresourceQuiesce(api);
  }

  @Override
  public VolumeSnapshots volumeSnapshots() {
    return new CsiVolumeSnapshots(objects);
  }

  @Override
  public MoverJobs moverJobs() {
    return movers;
  }

  @Override
  public void close() {
    http.close();
  }

  private String uid() {
    try {
      return objects
          .get(ObjectRef.of(Kinds.NAMESPACE, "", "kube-system"))
          .map(ns -> ns.path("metadata").path("uid").asText(""))
          .orElse("");
    } catch (ClusterException refused) {
      if (refused.code() == ClusterException.Code.FORBIDDEN) {
        // A user with rights in one namespace only may still take backups there.
        return "";
      }
      throw refused;
    }
  }
}
