package io.firn.simulator.kubevirt;

import java.util.Optional;

/// What a machine's run strategy asks for, given its instance.
enum RunDecision {
  NOTHING,
  START,
  STOP;

  /// The instance as the decision sees it.
  enum Instance {
    ABSENT,
    LIVE,
    SUCCEEDED,
    FAILED
  }

  /// A request through the start, stop or restart subresource that waits to be carried out.
  enum Request {
    NONE,
    START,
    STOP
  }

  static RunDecision decide(RunStrategy strategy, Instance instance, Request request) {
    if (instance != Instance.ABSENT && request == Request.STOP) {
      return STOP;
    }
    return switch (strategy) {
      case ALWAYS -> always(instance);
      case RERUN_ON_FAILURE ->
          switch (instance) {
            case ABSENT -> START;
            case FAILED -> STOP;
            case LIVE, SUCCEEDED -> NOTHING;
          };
      case ONCE -> instance == Instance.ABSENT ? START : NOTHING;
      case MANUAL -> instance == Instance.ABSENT && request == Request.START ? START : NOTHING;
      case HALTED -> instance == Instance.ABSENT ? NOTHING : STOP;
    };
  }

  private static RunDecision always(Instance instance) {
    return switch (instance) {
      case ABSENT -> START;
      case LIVE -> NOTHING;
      case SUCCEEDED, FAILED -> STOP;
    };
  }

  /// A strategy as `spec.runStrategy` names it, or as the deprecated `spec.running` means it.
  enum RunStrategy {
    ALWAYS("Always"),
    HALTED("Halted"),
    MANUAL("Manual"),
    RERUN_ON_FAILURE("RerunOnFailure"),
    ONCE("Once");

    private final String text;

    RunStrategy(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /// The strategy of that name; a machine that waits as a migration's receiver is halted here.
    static RunStrategy of(String text, Optional<Boolean> running) {
      for (RunStrategy strategy : values()) {
        if (strategy.text.equals(text)) {
          return strategy;
        }
      }
      return running.orElse(false) ? ALWAYS : HALTED;
    }
  }
}
