package io.firn.cli.output;

import io.firn.failure.FailureCode;

/// What the process tells its caller (docs/exit-codes.md). Stateless.
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /// Done, with losses: a weaker consistency than could be, or only a part.
  public static final int LOSSES = 3;

  public static final int VAULT_ABSENT = 10;
  public static final int VAULT_LOCKED = 11;
  public static final int WRONG_PASSWORD = 12;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

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
