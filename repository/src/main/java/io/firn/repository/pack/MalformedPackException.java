package io.firn.repository.pack;

/// The bytes are there and are no pack, or no blob of one. Checked, because only the caller knows
/// the name of what is damaged.
public final class MalformedPackException extends Exception {
  public MalformedPackException(String message) {
    super(message);
  }
}
