package io.firn.repository.crypto;

import io.firn.repository.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// An encryption key (AES-256) and a MAC key (Poly1305-AES `k` and `r`), 64 bytes in all: the
/// master key of a repository, or the key that a password yields. Never printed. Thread-safe.
///
/// [#close] overwrites it; whoever uses it after that is told so, and never gets a key of zeros.
public final class SecretKey implements AutoCloseable {
  /// Encryption key, `k`, `r`.
  public static final int BYTES = 64;

  private static final int R = 48;

  private final byte[] bytes;
  private boolean closed;

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
    return part(0, 32);
  }

  /// The AES-128 key that turns a nonce into Poly1305's `s`.
  public byte[] macNonceKey() {
    return part(32, 48);
  }

  /// Poly1305's `r`, clamped or not.
  public byte[] macMultiplier() {
    return part(48, 64);
  }

  /// A secret of its own for a purpose, or a name for something that nobody can guess without the
  /// key. It tells nothing of the key.
  public Digest derive(String purpose) {
    byte[] text = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] key = clamped();
    Sha256 sha = new Sha256();
    sha.update(key, 0, key.length);
    sha.update(text, 0, text.length);
    Arrays.fill(key, (byte) 0);
    return sha.finish();
  }

  private synchronized byte[] part(int from, int to) {
    if (closed) {
      throw new IllegalStateException("this key was closed: its repository is no longer open");
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  /// The same key, to be closed on its own.
  public synchronized SecretKey copy() {
    if (closed) {
      throw new IllegalStateException("this key was closed: its repository is no longer open");
    }
    return new SecretKey(bytes);
  }

  /// Overwrites the key.
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /// Whether they open the same. restic writes `r` clamped or not, and clamps it when it is used.
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretKey key && MessageDigest.isEqual(clamped(), key.clamped());
  }

  private byte[] clamped() {
    byte[] key = part(0, BYTES);
    for (int i = R; i < BYTES; i += 4) {
      key[i] &= (byte) (i == R ? 0xff : 0xfc);
      key[i + 3] &= 0x0f;
    }
    return key;
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
