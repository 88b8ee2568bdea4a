package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.util.List;

/// Keeps a Job's pod, deleted or not, until the Job controller has counted how it ended.
/// Thread-safe.
record PodTracking(ApiClient client) {
  private static final String FINALIZER = "batch.kubernetes.io/job-tracking";

  static void begin(ObjectNode newPod) {
    Meta.addFinalizer(newPod, FINALIZER);
  }

  /// Lets pods go that have been counted, or that no Job counts any more.
  void end(List<ObjectNode> pods) {
    for (ObjectNode pod : pods) {
      if (Meta.hasFinalizer(pod, FINALIZER)) {
        client.modify(Types.POD, ObjectKey.of(pod), now -> release(now, Meta.uid(pod)));
      }
    }
  }

  private static void release(ObjectNode pod, String uid) {
    if (Meta.uid(pod).equals(uid)) {
      Meta.removeFinalizer(pod, FINALIZER);
    }
  }
}
