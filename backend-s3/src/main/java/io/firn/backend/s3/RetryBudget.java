package io.firn.backend.s3;

import java.time.Duration;

/// How much is tried again: at most `attempts` for one operation, and in all until `tokens` are
/// used up. A retry takes [#RETRY_COST] tokens, a success gives one back: a store that fails now
/// and then is survived for ever, one that is down is given up soon, however many operations there
/// are.
public record RetryBudget(int attempts, int tokens, Duration firstPause, Duration longestPause) {
  static final int RETRY_COST = 5;

  public static final RetryBudget DEFAULT =
      new RetryBudget(10, 1000, Duration.ofMillis(100), Duration.ofSeconds(20));
}
