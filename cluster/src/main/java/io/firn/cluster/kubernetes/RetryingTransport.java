package io.firn.cluster.kubernetes;

import static io.firn.cluster.kubernetes.ApiRequest.Repeat.ALWAYS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Sends again what the server refused for the moment (429, 503), failed at (5xx) or never
/// answered, with growing pauses that respect `Retry-After`, until the budget of waiting is spent.
/// A server that was never reached is not waited for: an address that is wrong stays wrong.
///
/// Thread-safe.
final class RetryingTransport implements Transport {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Transport inner;
  private final Duration budget;
  private final Pause pause;
  private final RandomGenerator random;
  private volatile boolean reached;

  RetryingTransport(Transport inner, Duration budget, Pause pause, RandomGenerator random) {
    this.inner = inner;
    this.budget = budget;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public ApiResponse send(ApiRequest request) throws IOException {
    Duration waited = Duration.ZERO;
    for (int attempt = 1; ; attempt++) {
      Duration wait = backoff(attempt);
      try {
        ApiResponse response = inner.send(request).afterAttempts(attempt);
        reached = true;
        wait = response.retryAfter().filter(d -> d.compareTo(LONGEST) <= 0).orElse(wait);
        if (!mayRepeat(request, response) || waited.plus(wait).compareTo(budget) > 0) {
          return response;
        }
      } catch (InterruptedIOException interrupted) {
        throw interrupted;
      } catch (IOException failure) {
        if (!mayRepeat(request, failure) || waited.plus(wait).compareTo(budget) > 0) {
          throw failure;
        }
      }
      rest(wait);
      waited = waited.plus(wait);
    }
  }

  @Override
  public WatchStream watch(String pathAndQuery, Duration atMost) throws IOException {
    return inner.watch(pathAndQuery, atMost);
  }

  private static boolean mayRepeat(ApiRequest request, ApiResponse response) {
    return switch (response.status()) {
      case 429 -> true;
      case 503 -> request.repeat() == ALWAYS || NothingDone.in(response);
      case 500, 502, 504 -> request.repeat() == ALWAYS;
      default -> false;
    };
  }

  private boolean mayRepeat(ApiRequest request, IOException failure) {
    return NothingDone.in(failure) ? reached : request.repeat() == ALWAYS;
  }

  /// Doubles from a fifth of a second, with up to half as much again so that many clients do not
  /// come back at once.
  private Duration backoff(int attempt) {
    long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 10));
    return Duration.ofMillis(millis + random.nextLong(millis / 2 + 1));
  }

  private void rest(Duration wait) throws InterruptedIOException {
    try {
      pause.of(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted between two attempts").initCause(interrupted);
    }
  }
}
