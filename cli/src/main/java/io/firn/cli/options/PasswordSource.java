package io.firn.cli.options;

import io.firn.cli.Session;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.repository.Password;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// Where a vault's password comes from. Nothing of it is ever printed.
public sealed interface PasswordSource {
  /// The first line of a file.
  record InFile(Path file) implements PasswordSource {}

  /// `FIRN_PASSWORD`.
  record InEnvironment(String variable) implements PasswordSource {}

  /// The password itself; the caller closes it.
  default Password read(Session session) {
    return switch (this) {
      case InFile(Path file) -> fromFile(file);
      case InEnvironment(String variable) ->
          new Password(session.environment().getOrDefault(variable, "").toCharArray());
    };
  }

  private static Password fromFile(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw unusable(file, "does not exist", e);
    } catch (IOException e) {
      throw unusable(file, "cannot be read", e);
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) 0);
    char[] all = new char[text.remaining()];
    text.get(all);
    int end = 0;
    while (end < all.length && all[end] != '\n' && all[end] != '\r') {
      end++;
    }
    char[] line = Arrays.copyOf(all, end);
    Arrays.fill(all, '\0');
    Arrays.fill(text.array(), '\0');
    if (line.length == 0) {
      throw unusable(file, "is empty", new IOException("no password in the first line"));
    }
    Password password = new Password(line);
    Arrays.fill(line, '\0');
    return password;
  }

  private static FirnException unusable(Path file, String why, IOException cause) {
    return new FirnException(
        new Failure(
            FailureCode.USAGE,
            "the password file " + file + " " + why,
            "Name a file whose first line is the vault's password.",
            Map.of("passwordFile", file.toString()),
            false),
        cause);
  }
}
