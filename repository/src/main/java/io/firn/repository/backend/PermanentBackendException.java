package io.firn.repository.backend;

import java.io.IOException;

/// The backend refused, and would refuse again: no space, read-only, no permission. The message of
/// the reasons that only remote storage has ends in what to do.
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
    NO_PERMISSION,
    /// Credentials are missing, wrong, expired, or not allowed to.
    ACCESS_REFUSED,
    /// The place is there, but not as its address says: region, endpoint, TLS, clock.
    MISCONFIGURED,
    /// What should hold the repository (a bucket) is not there.
    PLACE_ABSENT,
    /// An object lock keeps it.
    PROTECTED,
    /// The backend has tried again already, as often as it may.
    EXHAUSTED
  }
}
