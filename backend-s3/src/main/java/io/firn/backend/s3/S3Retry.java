package io.firn.backend.s3;

import io.firn.repository.backend.Pause;
import io.firn.repository.backend.PermanentBackendException;
import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Tries again what may pass ([TransientS3Exception]): twice as long each time, with jitter so that
/// many movers do not come back at once, at least as long as the server asks for (`Retry-After`),
/// and within a [RetryBudget]. Thread-safe.
final class S3Retry {
  private static final int FIRST_ATTEMPTS = 5;
  private static final Duration LONGEST_OBEYED = Duration.ofMinutes(2);

  private final RetryBudget budget;
  private final Pause pause;
  private final RandomGenerator random;
  private int tokens;
  private boolean answeredOnce;

  S3Retry(RetryBudget budget, Pause pause, RandomGenerator random) {
    this.budget = budget;
    this.pause = pause;
    this.random = random;
    this.tokens = budget.tokens();
  }

  /// One try; `attempt` counts from 1.
  interface Call<T> {
    T call(int attempt) throws IOException;
  }

  <T> T call(Call<T> call) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        T result = call.call(attempt);
        giveBack();
        return result;
      } catch (TransientS3Exception e) {
        if (attempt >= attempts(e) || !takeToken()) {
          throw new PermanentBackendException(
              Reason.EXHAUSTED, e.getMessage() + "; given up after " + attempt + " tries", e);
        }
        await(e, attempt);
      }
    }
  }

  /// Where nobody has answered yet at all, the address is wrong more often than the line is down.
  private synchronized int attempts(TransientS3Exception e) {
    answeredOnce |= e.answered();
    return answeredOnce ? budget.attempts() : Math.min(budget.attempts(), FIRST_ATTEMPTS);
  }

  private synchronized boolean takeToken() {
    boolean enough = tokens >= RetryBudget.RETRY_COST;
    tokens -= enough ? RetryBudget.RETRY_COST : 0;
    return enough;
  }

  private synchronized void giveBack() {
    answeredOnce = true;
    tokens = Math.min(budget.tokens(), tokens + 1);
  }

  private void await(TransientS3Exception failure, int attempt) throws IOException {
    long doubled = budget.firstPause().toMillis() << Math.min(attempt - 1, 20);
    long most = Math.min(doubled, budget.longestPause().toMillis());
    long millis = most / 2 + random.nextLong(most / 2 + 1);
    long asked = Math.min(failure.retryAfter().toMillis(), LONGEST_OBEYED.toMillis());
    try {
      pause.pause(Duration.ofMillis(Math.max(millis, asked)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while retrying");
      interrupted.initCause(failure);
      throw interrupted;
    }
  }
}
