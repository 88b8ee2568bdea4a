package io.firn.simulator.faults;

import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.kubelet.ProcessFaults.ProcessFault;
import java.time.Duration;

/// One thing that goes wrong in a cluster. `times` says how often; [#ALWAYS] until it is cleared.
/// Names may end in `*`.
public sealed interface Fault {
  int ALWAYS = Integer.MAX_VALUE;

  int times();

  /// The driver takes long for a claim's snapshot, and the snapshot long to be usable.
  record SlowSnapshot(
      String namespace, String claim, Duration delay, Duration untilReady, int times)
      implements Fault {}

  /// The driver fails with a message; it is asked again.
  record FailingSnapshot(String namespace, String claim, String message, int times)
      implements Fault {}

  /// The guest agent does not answer.
  record AgentGone(String namespace, String guest) implements Fault {
    @Override
    public int times() {
      return ALWAYS;
    }
  }

  /// The guest ends a freeze by itself, as Windows' VSS does after ten seconds.
  record FreezeLimit(String namespace, String guest, Duration limit) implements Fault {
    @Override
    public int times() {
      return ALWAYS;
    }
  }

  /// A pod's process is killed, runs out of memory, or its pod is evicted.
  record PodProcess(String namespace, String pod, ProcessFault what, int times) implements Fault {}

  /// A request of a user (never of the cluster's own parts) is refused, cut off or delayed;
  /// `method` "" is any, `path` is part of the path.
  record Request(String method, String path, RequestFaults.Verdict verdict, int times)
      implements Fault {}

  /// The cluster's clock jumps, once.
  record ClockJump(Duration by) implements Fault {
    @Override
    public int times() {
      return 1;
    }
  }
}
