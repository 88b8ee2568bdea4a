package io.firn.failure;

/// Carries a [Failure] up to the face that the user looks at.
public final class FirnException extends RuntimeException {
  private final transient Failure failure;

  public FirnException(Failure failure) {
    super(failure.summary());
    this.failure = failure;
  }

  public FirnException(Failure failure, Throwable cause) {
    super(failure.summary(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
