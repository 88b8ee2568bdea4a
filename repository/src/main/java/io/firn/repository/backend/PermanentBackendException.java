package io.firn.repository.backend;

import java.io.IOException;

/// The backend refused, and would refuse again: no space, read-only, no permission.
public final class PermanentBackendException extends IOException {
  public PermanentBackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
