package io.firn.cluster.kubernetes;

import java.time.Duration;
import java.util.Optional;

/// A request: `path` begins with `/` and may carry a query.
record ApiRequest(
    String method, String path, Optional<Body> body, Duration timeout, Repeat repeat) {
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  static ApiRequest get(String path) {
    return new ApiRequest("GET", path, Optional.empty(), TIMEOUT, Repeat.ALWAYS);
  }

  static ApiRequest of(String method, String path, String contentType, String text) {
    return new ApiRequest(
        method, path, Optional.of(new Body(contentType, text)), TIMEOUT, Repeat.ALWAYS);
  }

  ApiRequest with(Repeat newRepeat, Duration newTimeout) {
    return new ApiRequest(method, path, body, newTimeout, newRepeat);
  }

  /// What is sent along.
  record Body(String contentType, String text) {}

  /// When the same request may be sent again.
  enum Repeat {
    /// After a refusal, a server error or a cut connection.
    ALWAYS,
    /// Only where the server surely did nothing: 429, 503, connection refused. For requests whose
    /// repetition would do the work twice, or whose 500 is an outcome.
    IF_NOTHING_DONE
  }
}
