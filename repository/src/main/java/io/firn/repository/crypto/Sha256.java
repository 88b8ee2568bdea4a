package io.firn.repository.crypto;

import io.firn.repository.Digest;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256: the name of everything. One per thread.
public final class Sha256 {
  private static final CallSize CALL = new CallSize(256, 4 * 1024);

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
    update(bytes, offset, length);
    return finish();
  }

  /// The digest of all buffers' remaining bytes; their positions stay.
  public Digest digest(ByteBuffer... buffers) {
    for (ByteBuffer buffer : buffers) {
      update(buffer.duplicate());
    }
    return finish();
  }

  /// Writes the 32 bytes of the digest at `targetOffset`.
  public void digestInto(byte[] bytes, int offset, int length, byte[] target, int targetOffset) {
    update(bytes, offset, length);
    try {
      digest.digest(target, targetOffset, 32);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a digest", e);
    }
  }

  public void update(byte[] bytes, int offset, int length) {
    int most = CALL.forMessage(length);
    int done = 0;
    while (done < length) {
      int piece = Math.min(most, length - done);
      digest.update(bytes, offset + done, piece);
      done += piece;
    }
  }

  private void update(ByteBuffer buffer) {
    int most = CALL.forMessage(buffer.remaining());
    int end = buffer.limit();
    while (buffer.position() < end) {
      buffer.limit(Math.min(end, buffer.position() + most));
      digest.update(buffer);
    }
  }

  /// The digest of all updates; starts anew.
  public Digest finish() {
    return Digest.of(digest.digest(), 0);
  }
}
