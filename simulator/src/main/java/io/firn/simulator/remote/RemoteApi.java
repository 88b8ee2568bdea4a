package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firn.simulator.ClusterApi;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.remote.WebhookConfiguration.Phase;
import io.firn.simulator.tls.LoopbackIdentity;
import io.firn.simulator.tls.ServerIdentity;
import io.firn.simulator.tls.TlsPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// An API server that runs elsewhere on this machine, through a kubeconfig whose user may do
/// everything. Closing it takes back what it registered and leaves the server alone.
///
/// Thread-safe.
public final class RemoteApi implements ClusterApi {
  private static final ResourceType CONFIG_MAP =
      ResourceType.namespaced("", "v1", "configmaps", "ConfigMap");

  private final RemoteConnections connections;
  private final ApiClient client;
  private final Registrations registrations;
  private final Path folder;
  private final Webhooks webhooks = new Webhooks();
  private final ServerIdentity identity;
  private final TlsPort webhookPort;
  private final List<TlsPort> groups = new ArrayList<>();

  /// `admin` is for users, `own` for the simulator's parts, so that an audit log can tell them
  /// apart. `folder` takes the certificates that the API server is told to trust.
  public RemoteApi(Path admin, Path own, Path folder) {
    this.connections = RemoteConnections.of(admin, own);
    this.folder = folder;
    this.client = part("installer");
    this.registrations = new Registrations(client);
    this.identity = LoopbackIdentity.in(folder, "webhooks");
    this.webhookPort = TlsPort.open(loopback(), identity, webhooks);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public URI uri() {
    return connections.uri();
  }

  @Override
  public KubernetesClient connect(String user) {
    return connections.as(user);
  }

  @Override
  public void writeKubeconfig(Path file) {
    connections.writeKubeconfig(file);
  }

  @Override
  public void writeKubeconfig(Path file, String token) {
    connections.writeKubeconfig(file, token);
  }

  /// Registers its webhooks and returns when the API server asks them.
  @Override
  public void admit(AdmissionPlugin plugin) {
    webhooks.add(plugin);
    URI base = URI.create("https://127.0.0.1:" + webhookPort.port());
    WebhookConfiguration configuration = new WebhookConfiguration(base, authority(identity));
    for (Phase phase : Phase.values()) {
      registrations.put(phase.type(), configuration.of(plugin, phase));
    }
    for (Phase phase : Phase.values()) {
      awaitInForce(plugin, phase);
    }
  }

  private void awaitInForce(AdmissionPlugin plugin, Phase phase) {
    String path = WebhookConfiguration.probePath(plugin, phase);
    ObjectNode probe = CONFIG_MAP.newObject("kube-system", "simulator-probe");
    Meta.labels(probe).put(WebhookConfiguration.PROBE_LABEL, plugin.name());
    Patience.until(
        "the API server to ask the webhook " + plugin.name(),
        () -> {
          try {
            client.rehearse(CONFIG_MAP, probe);
          } catch (ApiFailure e) {
            if (e.status() == 500) {
              throw new IllegalStateException(
                  "the API server at "
                      + uri()
                      + " does not reach this machine; it has to run beside it: "
                      + e.getMessage(),
                  e);
            }
            throw e;
          }
          return webhooks.probed(path) ? Optional.of(path) : Optional.empty();
        });
  }

  /// Registers the group and returns when the API server passes it on.
  @Override
  public synchronized void aggregate(AggregatedApi api) {
    ServerIdentity named =
        LoopbackIdentity.in(folder, api.apiGroup(), AggregationObjects.host(api));
    TlsPort port =
        TlsPort.mutual(loopback(), named, FrontProxy.authorities(client), new AggregatedGroup(api));
    groups.add(port);
    AggregationObjects objects = new AggregationObjects(api, port.port(), authority(named));
    registrations.put(AggregationObjects.SERVICE, objects.service());
    for (ObjectNode version : objects.apiServices()) {
      registrations.put(AggregationObjects.API_SERVICE, version);
    }
    objects.apiServices().forEach(one -> registrations.awaitAvailable(Meta.name(one)));
  }

  private static String authority(ServerIdentity identity) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(identity.certificate()));
    } catch (IOException e) {
      throw new UncheckedIOException("read " + identity.certificate(), e);
    }
  }

  @Override
  public synchronized void close() {
    registrations.close();
    groups.forEach(TlsPort::close);
    webhookPort.close();
    connections.close();
  }
}
