package io.firn.failure;

import java.util.Set;

/// What the process tells its caller (docs/exit-codes.md). Stateless.
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /// Done, with losses: a weaker consistency than could be, or only a part.
  public static final int LOSSES = 3;

  /// Of movers only: failed, and a second try would fail as well.
  public static final int FAILED_FOR_GOOD = 4;

  public static final int VAULT_ABSENT = 10;
  public static final int VAULT_LOCKED = 11;
  public static final int WRONG_PASSWORD = 12;
  public static final int INTERRUPTED = 130;

  /// With these a mover says that a second try would fail as well, so that its Job makes no other
  /// pod (decision 0038).
  public static final Set<Integer> FOR_GOOD =
      Set.of(USAGE, FAILED_FOR_GOOD, VAULT_ABSENT, WRONG_PASSWORD);

  private ExitCode() {}

  /// The exit code of a mover that failed: one of [#FOR_GOOD] where trying again mends nothing.
  public static int ofMover(Failure failure) {
    int code = of(failure.code());
    return code == FAILED && !failure.retryable() ? FAILED_FOR_GOOD : code;
  }

  /// The exit code of a failure.
  public static int of(FailureCode code) {
    return switch (code) {
      case USAGE -> USAGE;
      case VAULT_ABSENT -> VAULT_ABSENT;
      case VAULT_LOCKED -> VAULT_LOCKED;
      case VAULT_WRONG_PASSWORD -> WRONG_PASSWORD;
      case INTERRUPTED -> INTERRUPTED;
      case CLUSTER_CONTEXT_ABSENT,
          CLUSTER_UNREACHABLE,
          CLUSTER_UNAUTHENTICATED,
          CLUSTER_FORBIDDEN,
          CLUSTER_FAILED,
          OBJECT_NOT_FOUND,
          KIND_NOT_SUPPORTED,
          PRECONDITION_FAILED,
          CONSISTENCY_NOT_REACHED,
          SNAPSHOT_FAILED,
          MOVER_FAILED,
          VAULT_EXISTS,
          VAULT_NOT_A_VAULT,
          VAULT_VERSION,
          VAULT_NO_SPACE,
          VAULT_READ_ONLY,
          VAULT_ACCESS_REFUSED,
          VAULT_MISCONFIGURED,
          VAULT_PROTECTED,
          VAULT_DAMAGED,
          VAULT_CHANGED,
          VAULT_FAILED,
          POINT_NOT_FOUND,
          POINT_AMBIGUOUS,
          POINT_VERSION,
          POINT_PROTECTED,
          RESTORE_CONFLICT,
          RESTORE_REJECTED,
          RESTORE_FAILED,
          INTERNAL ->
          FAILED;
    };
  }
}
