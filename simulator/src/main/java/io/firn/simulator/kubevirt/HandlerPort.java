package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import io.firn.simulator.tls.ServerIdentity;
import io.firn.simulator.tls.TlsPort;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Where a real virt-api finds the node agent: its pod on the node, whose address virt-api calls
/// over mutual TLS, and the heartbeat without which KubeVirt takes the node for lost.
///
/// Thread-safe.
public final class HandlerPort implements Controller {
  private static final System.Logger LOG = System.getLogger(HandlerPort.class.getName());
  private static final Duration BEAT = Duration.ofSeconds(20);
  private static final ResourceType NODE = ResourceType.cluster("", "v1", "nodes", "Node");
  private static final ObjectKey NODE_KEY = new ObjectKey("", "node1");
  private static final ObjectKey POD_KEY = new ObjectKey("kubevirt", "virt-handler-node1");

  private final ApiClient client;
  private final InetSocketAddress address;
  private final InstantSource clock;
  private final TlsPort port;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("virt-handler-heartbeat").factory());

  /// Listens at once.
  public HandlerPort(
      ApiClient client,
      HandlerVerbs verbs,
      ServerIdentity identity,
      ServerIdentity.Authorities callers,
      InetSocketAddress address,
      InstantSource clock) {
    this.client = client;
    this.address = address;
    this.clock = clock;
    this.port = TlsPort.mutual(address, identity, callers, verbs);
  }

  @Override
  public String name() {
    return "virt-handler-port";
  }

  /// The Node has to be there.
  @Override
  public void start() {
    announce();
    var _ = timer.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void announce() {
    client
        .get(Types.POD, POD_KEY.namespace(), POD_KEY.name())
        .ifPresent(left -> client.deleteNow(Types.POD, POD_KEY, Meta.uid(left)));
    ObjectNode pod = Types.POD.newObject(POD_KEY.namespace(), POD_KEY.name());
    Meta.labels(pod).put("kubevirt.io", "virt-handler");
    Meta.annotations(pod)
        .put(Installed.ANNOTATION, "true")
        .put("simulator.firn.io/address", address.getAddress().getHostAddress());
    ObjectNode spec = pod.putObject("spec").put("nodeName", NODE_KEY.name());
    Fields.array(spec, "containers")
        .addObject()
        .put("name", "virt-handler")
        .put("image", "virt-handler");
    client.create(Types.POD, pod);
  }

  private void beat() {
    try {
      String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      client.modify(
          NODE,
          NODE_KEY,
          node -> {
            Meta.annotations(node).put("kubevirt.io/heartbeat", now);
            Meta.labels(node).put("kubevirt.io/schedulable", "true");
          });
    } catch (ApiFailure e) {
      // The edge of the timer: the next beat comes in any case.
      LOG.log(Level.WARNING, "heartbeat of the node agent", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    port.close();
    try {
      client.delete(Types.POD, POD_KEY);
    } catch (ApiFailure e) {
      // The API server is going, too.
      LOG.log(Level.DEBUG, "removal of the node agent's pod", e);
    }
  }
}
