package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import java.time.InstantSource;
import java.util.List;

/// Runs Jobs of one completion: a pod, and another where that one failed, until one succeeds or
/// there were too many.
public final class JobController implements Controller {
  static final ResourceType JOB = ResourceType.namespaced("batch", "v1", "jobs", "Job");
  private static final int WORKERS = 4;

  private final WorkQueue queue;
  private final List<Feed> feeds;

  public JobController(ApiClient client, InstantSource clock) {
    JobReconciler reconciler = new JobReconciler(client, clock);
    this.queue = new WorkQueue("jobs", WORKERS, reconciler::reconcile);
    this.feeds =
        List.of(
            new Feed(client, JOB, job -> queue.add(ObjectKey.of(job))),
            new Feed(client, Types.POD, this::podChanged));
  }

  private void podChanged(ObjectNode pod) {
    Meta.controller(pod)
        .filter(owner -> owner.path("kind").asText().equals("Job"))
        .ifPresent(
            owner -> queue.add(new ObjectKey(Meta.namespace(pod), owner.path("name").asText())));
  }

  @Override
  public String name() {
    return "job-controller";
  }

  @Override
  public void start() {
    queue.start();
    feeds.forEach(Feed::start);
  }

  @Override
  public void close() {
    feeds.forEach(Feed::close);
    queue.close();
  }
}
