package io.firn.repository.backend;

import java.io.IOException;

/// The backend refused, and would refuse again: no space, read-only, no permission.
public final class PermanentBackendException extends IOException {
  private final Reason reason;

  public PermanentBackendException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /// Why trying again is useless.
  public enum Reason {
    NO_SPACE,
    READ_ONLY,
    NO_PERMISSION
  }
}
