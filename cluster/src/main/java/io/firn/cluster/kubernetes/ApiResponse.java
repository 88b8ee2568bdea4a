package io.firn.cluster.kubernetes;

import java.time.Duration;
import java.util.Optional;

/// An answer. `attempts` counts how often the request was sent to get it, from 1.
record ApiResponse(int status, String body, Optional<Duration> retryAfter, int attempts) {
  boolean successful() {
    return status >= 200 && status < 300;
  }

  ApiResponse afterAttempts(int newAttempts) {
    return new ApiResponse(status, body, retryAfter, newAttempts);
  }
}
