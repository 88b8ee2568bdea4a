package io.firn.simulator.kubelet;

import java.util.Optional;

/// Decides what befalls a container's process. Thread-safe.
public interface ProcessFaults {
  ProcessFaults NONE = (namespace, pod, container) -> Optional.empty();

  /// Asked once, when the process starts.
  Optional<ProcessFault> processFault(String namespace, String pod, String container);

  /// What happens once the process has written that many bytes of log; 0 is at its start.
  sealed interface ProcessFault {
    long afterLogBytes();

    /// Killed by somebody (SIGKILL).
    record Kill(long afterLogBytes) implements ProcessFault {}

    /// Killed by the kernel for want of memory; the status says OOMKilled.
    record OutOfMemory(long afterLogBytes) implements ProcessFault {}

    /// The whole pod is evicted from its node.
    record Evict(long afterLogBytes) implements ProcessFault {}
  }
}
