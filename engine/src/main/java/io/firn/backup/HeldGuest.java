package io.firn.backup;

import io.firn.cluster.ClusterException;
import io.firn.cluster.Quiesce;
import io.firn.cluster.Quiesce.FreezeOutcome;
import io.firn.cluster.Quiesce.ThawOutcome;
import io.firn.graph.ObjectRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Freezes a guest and holds on to it until it is certainly thawed.
///
/// One per guest and capture; `freeze` and `thaw` may come from different threads, one after the
/// other. Times are monotonic: a clock that jumps must not turn a lost freeze into a good one.
final class HeldGuest {
  private static final Duration RETRY = Duration.ofMillis(250);

  private final Quiesce quiesce;
  private final ObjectRef instance;
  private final Duration timeout;
  private volatile long askedNanos;
  private volatile long endedNanos;
  private volatile ThawNeed need = ThawNeed.NONE;
  private volatile Hold hold = new Hold.None("it was not asked to freeze");

  HeldGuest(Quiesce quiesce, ObjectRef instance, Duration timeout) {
    this.quiesce = quiesce;
    this.instance = instance;
    this.timeout = timeout;
  }

  /// Whether, and how well, the guest was held.
  sealed interface Hold {
    /// Frozen, and as far as known still so.
    record Frozen() implements Hold {}

    /// Not known to have been frozen.
    record None(String reason) implements Hold {}

    /// Frozen, but not until the end.
    record Lost(String reason) implements Hold {}
  }

  /// How much a thaw matters.
  private enum ThawNeed {
    /// The guest is surely not frozen.
    NONE,
    /// It is most likely not frozen: a thaw that fails tells nothing new.
    ONCE,
    UNTIL_SURE
  }

  ObjectRef instance() {
    return instance;
  }

  /// Asks for the freeze; the answer is in [#hold]. A right that is missing throws.
  void freeze() {
    askedNanos = System.nanoTime();
    FreezeOutcome outcome = quiesce.freeze(instance, timeout);
    need = need(outcome);
    hold = hold(outcome);
    endedNanos = System.nanoTime();
  }

  /// What is surely not frozen is not thawed: a thaw would fail as the freeze did, again and again.
  private static ThawNeed need(FreezeOutcome outcome) {
    return switch (outcome) {
      case FreezeOutcome.Frozen(), FreezeOutcome.Unknown(_) -> ThawNeed.UNTIL_SURE;
      case FreezeOutcome.AgentSilent(_) -> ThawNeed.ONCE;
      case FreezeOutcome.AgentUnavailable(_),
          FreezeOutcome.NotRunning(_),
          FreezeOutcome.Refused(_),
          FreezeOutcome.NotReached(_) ->
          ThawNeed.NONE;
    };
  }

  private static Hold hold(FreezeOutcome outcome) {
    return switch (outcome) {
      case FreezeOutcome.Frozen() -> new Hold.Frozen();
      case FreezeOutcome.AgentUnavailable(String message) ->
          new Hold.None("no guest agent is connected: " + message);
      case FreezeOutcome.AgentSilent(String message) ->
          new Hold.None("the guest agent does not answer: " + message);
      case FreezeOutcome.NotRunning(String message) ->
          new Hold.None("the machine stopped before it could be frozen: " + message);
      case FreezeOutcome.Refused(String message) ->
          new Hold.None("the freeze was refused: " + message);
      case FreezeOutcome.NotReached(String message) ->
          new Hold.None("the freeze could not be asked for: " + message);
      case FreezeOutcome.Unknown(String message) ->
          new Hold.None("whether the guest froze is not known: " + message);
    };
  }

  Hold hold() {
    return hold;
  }

  /// All volumes are cut now; had the guest's own timer run out before, the freeze was lost.
  void cutsDone() {
    if (hold instanceof Hold.Frozen && elapsed().compareTo(timeout) >= 0) {
      hold = new Hold.Lost("the freeze ended by itself after " + timeout.toSeconds() + " s");
    }
  }

  /// Thaws, as often as it takes while the guest's own timer has not run out; not at all where
  /// nothing was frozen. Empty when there is nothing to tell the user beyond [#hold]; else what.
  /// Not to be interrupted: call it from a thread of its own.
  Optional<String> thaw() {
    return switch (need) {
      case NONE -> Optional.empty();
      case ONCE -> {
        Optional<String> _ = thawOnce();
        yield Optional.empty();
      }
      case UNTIL_SURE -> thawUntilSure();
    };
  }

  private Optional<String> thawUntilSure() {
    String last = "";
    do {
      Optional<String> failure = thawOnce();
      endedNanos = System.nanoTime();
      if (failure.isEmpty()) {
        return Optional.empty();
      }
      last = failure.get();
    } while (elapsed().compareTo(timeout) < 0 && rested());
    return Optional.of(
        instance
            + " could not be thawed ("
            + last
            + "); its own timer has thawed it, or will within "
            + timeout.toSeconds()
            + " s of the freeze");
  }

  /// How long the guest was held, from asking for the freeze until the thaw was answered.
  Duration held() {
    return hold instanceof Hold.None ? Duration.ZERO : Duration.ofNanos(endedNanos - askedNanos);
  }

  private Optional<String> thawOnce() {
    try {
      return switch (quiesce.thaw(instance)) {
        case ThawOutcome.Thawed() -> Optional.empty();
        case ThawOutcome.FreezeLost(String message) -> lost("the guest thawed by itself", message);
        case ThawOutcome.NotRunning(String message) ->
            lost("the machine stopped while it was frozen", message);
        case ThawOutcome.Failed(String message) -> Optional.of(message);
      };
    } catch (ClusterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> lost(String what, String message) {
    if (hold instanceof Hold.Frozen) {
      hold = new Hold.Lost(what + ": " + message);
    }
    return Optional.empty();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - askedNanos);
  }

  private static boolean rested() {
    try {
      TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
