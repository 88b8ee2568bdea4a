package io.firn.failure;

import io.firn.repository.RepositoryException;

/// Turns what a repository said into our failure shape: the only place where the two meet.
///
/// Stateless.
public final class RepositoryFailures {
  private RepositoryFailures() {}

  /// The failure behind a repository exception; its message already names object and cause.
  public static FirnException of(RepositoryException e) {
    boolean retryable =
        switch (e.code()) {
          case LOCKED, LOCK_LOST, PRUNED, BACKEND -> true;
          case ABSENT,
              NOT_A_REPOSITORY,
              UNSUPPORTED_VERSION,
              ALREADY_EXISTS,
              WRONG_PASSWORD,
              TOO_MANY_KEYS,
              CORRUPT,
              NO_SPACE,
              READ_ONLY,
              ACCESS_REFUSED,
              MISCONFIGURED,
              PROTECTED ->
              false;
        };
    String summary = e.getMessage() == null ? e.code().name() : e.getMessage();
    return new FirnException(
        new Failure(code(e.code()), summary, guidance(e.code()), e.context(), retryable), e);
  }

  private static FailureCode code(RepositoryException.FailureCode code) {
    return switch (code) {
      case ABSENT -> FailureCode.VAULT_ABSENT;
      case NOT_A_REPOSITORY -> FailureCode.VAULT_NOT_A_VAULT;
      case UNSUPPORTED_VERSION -> FailureCode.VAULT_VERSION;
      case ALREADY_EXISTS -> FailureCode.VAULT_EXISTS;
      case WRONG_PASSWORD -> FailureCode.VAULT_WRONG_PASSWORD;
      case LOCKED, LOCK_LOST -> FailureCode.VAULT_LOCKED;
      case CORRUPT -> FailureCode.VAULT_DAMAGED;
      case PRUNED -> FailureCode.VAULT_CHANGED;
      case NO_SPACE -> FailureCode.VAULT_NO_SPACE;
      case READ_ONLY -> FailureCode.VAULT_READ_ONLY;
      case ACCESS_REFUSED -> FailureCode.VAULT_ACCESS_REFUSED;
      case MISCONFIGURED -> FailureCode.VAULT_MISCONFIGURED;
      case PROTECTED -> FailureCode.VAULT_PROTECTED;
      case TOO_MANY_KEYS, BACKEND -> FailureCode.VAULT_FAILED;
    };
  }

  private static String guidance(RepositoryException.FailureCode code) {
    return switch (code) {
      case ABSENT -> "Check --vault, or make the vault: firn vault init.";
      case NOT_A_REPOSITORY -> "Check --vault: it must name a vault made by firn vault init.";
      case UNSUPPORTED_VERSION -> "Migrate the repository first: restic migrate upgrade_repo_v2.";
      case ALREADY_EXISTS -> "Use it as it is, or choose another place.";
      case WRONG_PASSWORD -> "Check --password-file or FIRN_PASSWORD.";
      case TOO_MANY_KEYS -> "See which nobody uses: firn vault key list; firn vault key remove.";
      case LOCKED -> "Wait for the other process; if it is dead: firn vault unlock.";
      case LOCK_LOST -> "Try again; check that the vault's storage answers and clocks agree.";
      case CORRUPT -> "Find what is hurt: firn vault check --read-data, then firn verify.";
      case PRUNED -> "Start again: it reads the vault as it is now.";
      case NO_SPACE -> "Free space where the vault rests, then try again.";
      case READ_ONLY -> "Make the vault's folder writable for this user, then try again.";
      case ACCESS_REFUSED -> "Check the credentials and what the bucket's policy lets them do.";
      case MISCONFIGURED -> "Check the options in the vault's address (docs/s3.md).";
      case PROTECTED -> "Wait until the lock has ended: firn vault info says when.";
      case BACKEND -> "Check that the vault's storage answers, then try again.";
    };
  }
}
