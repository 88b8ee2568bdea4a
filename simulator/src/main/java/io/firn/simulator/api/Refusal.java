package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;

/// What an API server answers that does nothing of what it was asked for.
public final class Refusal {
  private Refusal() {}

  /// The Status object of a refusal with that HTTP status.
  public static JsonNode status(int status, String message) {
    return ApiFailure.of(status, reason(status), message).status();
  }

  private static String reason(int status) {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      case 429 -> "TooManyRequests";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> "InternalError";
    };
  }
}
