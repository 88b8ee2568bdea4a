package io.firn.repository.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// An encryption key (AES-256) and a MAC key (Poly1305-AES `k` and `r`), 64 bytes in all: the
/// master key of a repository, or the key that a password yields. Never printed. Immutable.
public final class SecretKey {
  /// Encryption key, `k`, `r`.
  public static final int BYTES = 64;

  private final byte[] bytes;

  /// Copies `bytes`: 32 of AES, 16 of `k`, 16 of `r`.
  public SecretKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has 64 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  public static SecretKey generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    SecretKey key = new SecretKey(bytes);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  /// The AES-256 key. The caller clears the copy.
  public byte[] encryption() {
    return Arrays.copyOfRange(bytes, 0, 32);
  }

  /// The AES-128 key that turns a nonce into Poly1305's `s`.
  public byte[] macNonceKey() {
    return Arrays.copyOfRange(bytes, 32, 48);
  }

  /// Poly1305's `r`, clamped or not.
  public byte[] macMultiplier() {
    return Arrays.copyOfRange(bytes, 48, 64);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretKey key && MessageDigest.isEqual(bytes, key.bytes);
  }

  /// Constant: a hash of a secret is a leak.
  @Override
  public int hashCode() {
    return SecretKey.class.hashCode();
  }

  @Override
  public String toString() {
    return "SecretKey[hidden]";
  }
}
