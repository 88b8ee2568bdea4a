package io.firn.backend.s3;

import java.io.IOException;
import java.time.Duration;

/// It may pass: overload, a broken line, a server's own failure. `retryAfter` is what the server
/// asks for, zero where it does not say.
final class TransientS3Exception extends IOException {
  private final Duration retryAfter;

  TransientS3Exception(String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  TransientS3Exception(String message) {
    super(message);
    this.retryAfter = Duration.ZERO;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
