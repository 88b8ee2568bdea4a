package io.firn.repository.crypto;

/// The MAC does not match: the bytes were changed, or the key is another one. Checked, because only
/// the caller knows the name of what was damaged.
public final class AuthenticationException extends Exception {
  public AuthenticationException(String message) {
    super(message);
  }
}
