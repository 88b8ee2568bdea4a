package io.firn.simulator.client;

/// An API server's refusal, or a request that did not get through (status 0). `message` is the
/// Status message as sent.
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String reason;

  public ApiFailure(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  public ApiFailure(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.reason = "";
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /// The HTTP status; 0 where there was no answer.
  public int status() {
    return status;
  }

  /// The Status reason, e.g. `AlreadyExists`; "" where there was none.
  public String reason() {
    return reason;
  }

  public boolean notFound() {
    return status == 404;
  }

  /// Somebody else wrote in between.
  public boolean conflict() {
    return status == 409 && reason.equals("Conflict");
  }

  public boolean alreadyExists() {
    return status == 409 && reason.equals("AlreadyExists");
  }
}
