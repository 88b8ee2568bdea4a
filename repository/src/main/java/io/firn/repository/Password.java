package io.firn.repository;

import java.util.Arrays;

/// A repository password. Copies its characters; never prints them. [#close] overwrites them.
public final class Password implements AutoCloseable {
  private final char[] characters;

  public Password(char[] characters) {
    this.characters = characters.clone();
  }

  /// A copy of the characters; the caller clears it.
  public char[] characters() {
    return characters.clone();
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
