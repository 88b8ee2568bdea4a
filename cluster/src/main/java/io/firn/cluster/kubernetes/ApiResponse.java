package io.firn.cluster.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An answer. `attempts` counts how often the request was sent to get it, from 1; `warnings` are
/// what the server said beside its answer (Warning headers).
record ApiResponse(
    int status, String body, Optional<Duration> retryAfter, int attempts, List<String> warnings) {
  ApiResponse {
    warnings = List.copyOf(warnings);
  }

  ApiResponse(int status, String body, Optional<Duration> retryAfter, int attempts) {
    this(status, body, retryAfter, attempts, List.of());
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }

  ApiResponse afterAttempts(int newAttempts) {
    return new ApiResponse(status, body, retryAfter, newAttempts, warnings);
  }
}
