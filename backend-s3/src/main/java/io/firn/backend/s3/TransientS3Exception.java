package io.firn.backend.s3;

import java.io.IOException;
import java.time.Duration;

/// It may pass: overload, a broken line, a server's own failure. `retryAfter` is what the server
/// asks for, zero where it does not say.
final class TransientS3Exception extends IOException {
  private final Duration retryAfter;
  private final boolean answered;

  TransientS3Exception(String message, Duration retryAfter, Throwable cause) {
    this(message, retryAfter, true, cause);
  }

  private TransientS3Exception(
      String message, Duration retryAfter, boolean answered, Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
    this.answered = answered;
  }

  /// Nobody was there.
  static TransientS3Exception unanswered(String message, Throwable cause) {
    return new TransientS3Exception(message, Duration.ZERO, false, cause);
  }

  TransientS3Exception(String message) {
    super(message);
    this.retryAfter = Duration.ZERO;
    this.answered = true;
  }

  boolean answered() {
    return answered;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
