package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The node's heartbeat: Lease `kube-node-lease/node1`, renewed every ten seconds. Without it,
/// Kubernetes' controllers take the node for lost after forty and evict its pods.
///
/// Thread-safe.
public final class NodeLease implements Controller {
  private static final System.Logger LOG = System.getLogger(NodeLease.class.getName());
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int GOOD_SECONDS = 40;
  private static final String NAMESPACE = "kube-node-lease";
  private static final ResourceType LEASE =
      ResourceType.namespaced("coordination.k8s.io", "v1", "leases", "Lease");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ApiClient client;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("node-lease").factory());

  public NodeLease(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "node-lease";
  }

  @Override
  public void start() {
    var _ = timer.scheduleWithFixedDelay(this::renew, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void renew() {
    ObjectKey key = new ObjectKey(NAMESPACE, NodeContext.NODE);
    try {
      if (client.modify(LEASE, key, this::beat).isEmpty()) {
        ObjectNode lease = LEASE.newObject(NAMESPACE, NodeContext.NODE);
        beat(lease);
        client.create(LEASE, lease);
      }
    } catch (ApiFailure e) {
      // The edge of the timer: the next beat comes in any case.
      LOG.log(Level.DEBUG, "lease of the node", e);
    }
  }

  private void beat(ObjectNode lease) {
    ObjectNode spec = lease.withObject("/spec");
    spec.put("holderIdentity", NodeContext.NODE).put("leaseDurationSeconds", GOOD_SECONDS);
    spec.put("renewTime", MICROS.format(clock.instant()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
