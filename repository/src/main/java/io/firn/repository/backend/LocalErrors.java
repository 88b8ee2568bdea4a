package io.firn.repository.backend;

import io.firn.repository.backend.PermanentBackendException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;

/// Which errors of the local file system are worth another try. Java gives no error number, only
/// the system's own words. Stateless.
public final class LocalErrors {
  private LocalErrors() {}

  /// Whether the same call may succeed a little later, as far as one can see.
  public static boolean isWorthAnotherTry(IOException e) {
    return !(e instanceof NoSuchFileException) && reason(e).isEmpty();
  }

  static IOException classify(IOException e, Path root) {
    if (e instanceof PermanentBackendException) {
      return e;
    }
    Optional<Reason> reason = reason(e);
    return reason.isEmpty()
        ? e
        : new PermanentBackendException(reason.get(), words(reason.get()) + " " + root, e);
  }

  private static Optional<Reason> reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return Optional.of(Reason.NO_PERMISSION);
    }
    if (e.getCause() instanceof ReadOnlyFileSystemException) {
      return Optional.of(Reason.READ_ONLY);
    }
    String text = message(e).toLowerCase(Locale.ROOT);
    if (text.contains("no space left")
        || text.contains("disk quota exceeded")
        // The limit of a process or of an old file system on the size of one file.
        || text.contains("file too large")) {
      return Optional.of(Reason.NO_SPACE);
    }
    if (text.contains("read-only file system")) {
      return Optional.of(Reason.READ_ONLY);
    }
    if (text.contains("permission denied") || text.contains("operation not permitted")) {
      return Optional.of(Reason.NO_PERMISSION);
    }
    return Optional.empty();
  }

  private static String message(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : null;
    return String.valueOf(reason != null ? reason : e.getMessage());
  }

  private static String words(Reason reason) {
    return switch (reason) {
      case NO_SPACE -> "no space is left at";
      case READ_ONLY -> "the file system is read-only at";
      case NO_PERMISSION, ACCESS_REFUSED -> "permission is denied at";
      case MISCONFIGURED, PLACE_ABSENT, PROTECTED, EXHAUSTED -> "the file system refuses at";
    };
  }
}
