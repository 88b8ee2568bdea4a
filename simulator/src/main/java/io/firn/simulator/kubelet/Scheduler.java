package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import io.firn.simulator.storage.PodClaims;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Puts pods on the node once their claims are bound; asks for the volumes of those that wait for
/// their first consumer.
public final class Scheduler implements Controller {
  private static final int WORKERS = 4;
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Set<ObjectKey> unscheduled = ConcurrentHashMap.newKeySet();
  private final WorkQueue queue;
  private final List<Feed> feeds;

  public Scheduler(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, "default-scheduler", clock);
    this.queue = new WorkQueue("scheduler", WORKERS, this::reconcile);
    this.feeds =
        List.of(
            new Feed(client, Types.POD, pod -> queue.add(ObjectKey.of(pod))),
            new Feed(client, Types.CLAIM, this::claimChanged));
  }

  @Override
  public String name() {
    return "kube-scheduler";
  }

  @Override
  public void start() {
    queue.start();
    feeds.forEach(Feed::start);
  }

  private void claimChanged(ObjectNode claim) {
    unscheduled.stream()
        .filter(pod -> pod.namespace().equals(Meta.namespace(claim)))
        .forEach(queue::add);
  }

  private Optional<Duration> reconcile(ObjectKey key) {
    Optional<ObjectNode> read = client.get(Types.POD, key.namespace(), key.name());
    if (read.isEmpty()
        || Meta.deleting(read.get())
        || PodClaims.ended(read.get())
        || !Fields.text(read.get(), "spec", "nodeName").isEmpty()) {
      unscheduled.remove(key);
      return Optional.empty();
    }
    unscheduled.add(key);
    ObjectNode pod = read.get();
    for (String claim : PodClaims.of(pod)) {
      Optional<String> obstacle = obstacle(key.namespace(), claim);
      if (obstacle.isPresent()) {
        refuse(pod, obstacle.get());
        return Optional.empty();
      }
    }
    bind(pod);
    unscheduled.remove(key);
    return Optional.empty();
  }

  /// Why a pod that uses the claim cannot run yet; "" in the answer where it only has to wait for a
  /// volume being made.
  private Optional<String> obstacle(String namespace, String name) {
    Optional<ObjectNode> found = client.get(Types.CLAIM, namespace, name);
    if (found.isEmpty()) {
      return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
    }
    ObjectNode claim = found.get();
    String phase = Fields.text(claim, "status", "phase");
    if (Meta.deleting(claim)) {
      return Optional.of("persistentvolumeclaim \"" + name + "\" is being deleted");
    }
    if (phase.equals("Bound")) {
      return Optional.empty();
    }
    if (phase.equals("Lost")) {
      return Optional.of(
          "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
              .formatted(name, Fields.text(claim, "spec", "volumeName")));
    }
    if (!waitsForConsumer(claim)) {
      return Optional.of("pod has unbound immediate PersistentVolumeClaims");
    }
    client.modify(
        Types.CLAIM,
        ObjectKey.of(claim),
        asked -> Meta.annotations(asked).put(SELECTED_NODE, NodeContext.NODE));
    return Optional.of("");
  }

  private boolean waitsForConsumer(ObjectNode claim) {
    return client
        .get(Types.STORAGE_CLASS, "", Fields.text(claim, "spec", "storageClassName"))
        .map(one -> Fields.text(one, "volumeBindingMode").equals("WaitForFirstConsumer"))
        .orElse(false);
  }

  private void refuse(ObjectNode pod, String why) {
    if (why.isEmpty()) {
      return;
    }
    String message = "0/1 nodes are available: " + why + ".";
    client.modifyStatus(
        Types.POD,
        ObjectKey.of(pod),
        told -> {
          ObjectNode status = Fields.object(told, "status");
          PodReport.condition(status, "PodScheduled", false, "Unschedulable", clock.instant());
          Fields.named(status.path("conditions"), "type", "PodScheduled")
              .ifPresent(condition -> condition.put("message", message));
        });
    events.warning(pod, "FailedScheduling", message);
  }

  private void bind(ObjectNode pod) {
    ObjectNode binding = Fields.newObject().put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", Meta.name(pod)).put("namespace", Meta.namespace(pod));
    binding
        .putObject("target")
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", NodeContext.NODE);
    client.post(Types.POD, ObjectKey.of(pod), "binding", binding);
    events.normal(
        pod,
        "Scheduled",
        "Successfully assigned %s to %s".formatted(ObjectKey.of(pod), NodeContext.NODE));
  }

  @Override
  public void close() {
    feeds.forEach(Feed::close);
    queue.close();
  }
}
