package io.firn.cluster;

import io.firn.graph.ObjectRef;
import java.time.Duration;

/// Freeze and thaw of a guest's file systems through KubeVirt's subresources.
///
/// Thread-safe. Outcomes that KubeVirt can give are values; only transport failures throw.
public interface Quiesce {
  /// Asks KubeVirt to freeze; returns when the guest is frozen or the attempt has failed. The guest
  /// thaws by itself after `unfreezeTimeout` (rounded to whole seconds, at least one).
  FreezeOutcome freeze(ObjectRef instance, Duration unfreezeTimeout);

  ThawOutcome thaw(ObjectRef instance);

  /// What a freeze came to.
  sealed interface FreezeOutcome {
    record Frozen() implements FreezeOutcome {}

    /// No agent, or one that does not answer.
    record AgentUnavailable(String message) implements FreezeOutcome {}

    /// The instance is not running (409).
    record NotRunning(String message) implements FreezeOutcome {}

    /// Anything else that KubeVirt said: migration in flight, VSS, an error of the agent.
    record Refused(String message) implements FreezeOutcome {}
  }

  /// What a thaw came to.
  sealed interface ThawOutcome {
    record Thawed() implements ThawOutcome {}

    /// The guest had thawed by itself before (VSS's ten seconds): what was snapshotted may not be
    /// frozen data.
    record FreezeLost(String message) implements ThawOutcome {}

    /// The instance is gone or not running: nothing is frozen any more.
    record NotRunning(String message) implements ThawOutcome {}

    /// It may still be frozen; try again.
    record Failed(String message) implements ThawOutcome {}
  }
}
