package io.firn.repository;

import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.PermanentBackendException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/// Turns what a backend says into what a caller can act on.
public final class BackendErrors {
  private BackendErrors() {}

  public static RepositoryException saving(Backend backend, FileHandle handle, IOException e) {
    return failed("could not save " + handle + " to", backend, handle.toString(), e);
  }

  /// A file that is referred to and absent is damage, never plain absence.
  public static RepositoryException loading(Backend backend, FileHandle handle, IOException e) {
    if (e instanceof NoSuchFileException || e instanceof java.io.EOFException) {
      String what = e instanceof NoSuchFileException ? "is missing from" : "is cut short in";
      return new RepositoryException(
          FailureCode.CORRUPT,
          "%s %s %s. Run a check; copy the file back from elsewhere if you can."
              .formatted(handle, what, backend.location()),
          Map.of("file", handle.toString()),
          e);
    }
    return failed("could not read " + handle + " from", backend, handle.toString(), e);
  }

  /// Listing, deleting and the like; `action` is a phrase such as "could not list locks in".
  public static RepositoryException failed(
      String action, Backend backend, String object, IOException e) {
    FailureCode code =
        e instanceof PermanentBackendException permanent
            ? code(permanent.reason())
            : FailureCode.BACKEND;
    return new RepositoryException(
        code,
        "%s %s: %s. %s".formatted(action, backend.location(), e.getMessage(), nextStep(code)),
        Map.of("file", object, "location", backend.location()),
        e);
  }

  private static FailureCode code(PermanentBackendException.Reason reason) {
    return switch (reason) {
      case NO_SPACE -> FailureCode.NO_SPACE;
      case READ_ONLY, NO_PERMISSION -> FailureCode.READ_ONLY;
      case ACCESS_REFUSED -> FailureCode.ACCESS_REFUSED;
      case MISCONFIGURED -> FailureCode.MISCONFIGURED;
      case PLACE_ABSENT -> FailureCode.ABSENT;
      case PROTECTED -> FailureCode.PROTECTED;
      case EXHAUSTED -> FailureCode.BACKEND;
    };
  }

  private static String nextStep(FailureCode code) {
    return switch (code) {
      case NO_SPACE -> "Free some space and run it again; what is stored already is kept.";
      case READ_ONLY -> "Make the place writable for this user and run it again.";
      // The backend has said it already.
      case ACCESS_REFUSED, MISCONFIGURED, ABSENT, PROTECTED -> "Then run it again.";
      case NOT_A_REPOSITORY,
          UNSUPPORTED_VERSION,
          ALREADY_EXISTS,
          WRONG_PASSWORD,
          TOO_MANY_KEYS,
          LOCKED,
          LOCK_LOST,
          CORRUPT,
          PRUNED,
          BACKEND ->
          "Check that the place can be reached and run it again.";
    };
  }
}
