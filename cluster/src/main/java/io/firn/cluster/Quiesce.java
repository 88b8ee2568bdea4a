package io.firn.cluster;

import io.firn.graph.ObjectRef;
import java.time.Duration;

/// Freeze and thaw of a guest's file systems through KubeVirt's subresources.
///
/// Thread-safe. Outcomes are values; only a missing right, credentials that are not accepted and a
/// thaw whose answer is lost throw.
public interface Quiesce {
  /// Asks KubeVirt to freeze; returns when the guest is frozen or the attempt has failed. The guest
  /// thaws by itself after `unfreezeTimeout` (rounded to whole seconds, at least one).
  FreezeOutcome freeze(ObjectRef instance, Duration unfreezeTimeout);

  ThawOutcome thaw(ObjectRef instance);

  /// What a freeze came to. Only after [Frozen], [AgentSilent] and [Unknown] can the guest be
  /// frozen; after every other outcome it surely is not, and there is nothing to thaw.
  sealed interface FreezeOutcome {
    record Frozen() implements FreezeOutcome {}

    /// No agent is connected: nothing was asked of the guest.
    record AgentUnavailable(String message) implements FreezeOutcome {}

    /// The agent gave no answer in time. It was most likely not asked to freeze yet, since KubeVirt
    /// asks for the state first; KubeVirt's own `virt-freezer` thaws once after this answer.
    record AgentSilent(String message) implements FreezeOutcome {}

    /// The instance is gone or not running (404, 409).
    record NotRunning(String message) implements FreezeOutcome {}

    /// KubeVirt or the API server says that it did nothing: a migration in flight, a form of
    /// request that it does not take (406, 415), …
    record Refused(String message) implements FreezeOutcome {}

    /// The request did not leave: the API server, or KubeVirt behind it, was not reached.
    record NotReached(String message) implements FreezeOutcome {}

    /// The answer was lost, or does not say whether the guest froze.
    record Unknown(String message) implements FreezeOutcome {}
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
