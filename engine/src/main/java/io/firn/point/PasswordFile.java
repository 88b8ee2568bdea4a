package io.firn.point;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.repository.Password;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// A file that holds a vault's password: UTF-8; line ends at its end do not count, as in restic.
///
/// Stateless.
public final class PasswordFile {
  private PasswordFile() {}

  /// `USAGE` where the file cannot be read or is empty.
  public static Password read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
      Arrays.fill(bytes, (byte) 0);
      int end = text.length();
      while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
        end--;
      }
      if (end == 0) {
        throw unusable(file, "it is empty", null);
      }
      char[] characters = new char[end];
      text.get(0, characters);
      Password password = new Password(characters);
      Arrays.fill(characters, '\0');
      Arrays.fill(text.array(), '\0');
      return password;
    } catch (IOException e) {
      throw unusable(file, e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
  }

  private static FirnException unusable(
      Path file, String why, @org.jspecify.annotations.Nullable IOException cause) {
    Failure failure =
        new Failure(
            FailureCode.USAGE,
            "The password file " + file + " cannot be used: " + why,
            "Name a readable file whose only line is the password (--password-file).",
            Map.of("file", file.toString()),
            false);
    return cause == null ? new FirnException(failure) : new FirnException(failure, cause);
  }
}
