package io.firn.repository.crypto;

import io.firn.repository.Digest;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256: the name of everything. One per thread.
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  public static Digest of(byte[] bytes) {
    return new Sha256().digest(bytes, 0, bytes.length);
  }

  public Digest digest(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return finish();
  }

  /// The digest of all buffers' remaining bytes; their positions stay.
  public Digest digest(ByteBuffer... buffers) {
    for (ByteBuffer buffer : buffers) {
      digest.update(buffer.duplicate());
    }
    return finish();
  }

  /// Writes the 32 bytes of the digest at `targetOffset`.
  public void digestInto(byte[] bytes, int offset, int length, byte[] target, int targetOffset) {
    digest.update(bytes, offset, length);
    try {
      digest.digest(target, targetOffset, 32);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a digest", e);
    }
  }

  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /// The digest of all updates; starts anew.
  public Digest finish() {
    return Digest.of(digest.digest(), 0);
  }
}
