package io.firn.repository;

import java.util.Map;

/// The one exception of this module. `context` names the objects concerned (file, pack, blob, …).
/// Callers switch over [#code]; the message already says object, cause and next step.
public final class RepositoryException extends RuntimeException {
  private final FailureCode code;
  private final Map<String, String> context;

  public RepositoryException(FailureCode code, String message, Map<String, String> context) {
    super(message);
    this.code = code;
    this.context = Map.copyOf(context);
  }

  public RepositoryException(
      FailureCode code, String message, Map<String, String> context, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.context = Map.copyOf(context);
  }

  public FailureCode code() {
    return code;
  }

  public Map<String, String> context() {
    return context;
  }

  /// What kind of failure it is.
  public enum FailureCode {
    /// Nothing is there.
    ABSENT,
    /// Something is there, but no repository.
    NOT_A_REPOSITORY,
    /// A repository of a version that Firn does not write (restic's v1, or a newer one).
    UNSUPPORTED_VERSION,
    /// A repository is there already.
    ALREADY_EXISTS,
    WRONG_PASSWORD,
    /// It has as many keys as restic tries.
    TOO_MANY_KEYS,
    /// A conflicting lock is held.
    LOCKED,
    /// The lock could not be refreshed in time: somebody else may hold the repository now.
    LOCK_LOST,
    /// A file, pack or blob is damaged or missing. Never used for plain absence.
    CORRUPT,
    /// A prune has removed what we were reading since we began: nothing is damaged, start again.
    PRUNED,
    NO_SPACE,
    READ_ONLY,
    /// The storage does not accept our credentials, or not for this.
    ACCESS_REFUSED,
    /// The storage is not what its address says: region, endpoint, TLS, clock.
    MISCONFIGURED,
    /// An object lock keeps what should go.
    PROTECTED,
    /// The backend failed in another way; trying again may help.
    BACKEND
  }
}
