package io.firn.repository.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// `IV(16) || AES-256-CTR ciphertext || MAC(16)` around everything that is stored but key files
/// (format notes 1.2). The MAC covers the ciphertext and is checked, in constant time, before a
/// byte is decrypted.
///
/// One per worker thread: it keeps its ciphers.
public final class Envelope {
  /// What an envelope adds to its content.
  public static final int OVERHEAD_BYTES = 32;

  private static final int IV_BYTES = 16;

  private static final CallSize CALL = new CallSize(256, 4 * 1024);

  private final SecureRandom random;
  private final Cipher stream;
  private final Cipher nonceCipher;
  private final SecretKeySpec encryption;
  private final byte[] macMultiplier;
  private final OneTimeMac mac = OneTimeMac.fastest();

  public Envelope(SecretKey key) {
    this(key, new SecureRandom());
  }

  /// With the source of IVs given: for golden vectors.
  Envelope(SecretKey key, SecureRandom random) {
    this.random = random;
    encryption = new SecretKeySpec(key.encryption(), "AES");
    macMultiplier = key.macMultiplier();
    try {
      stream = Cipher.getInstance("AES/CTR/NoPadding");
      nonceCipher = Cipher.getInstance("AES/ECB/NoPadding");
      nonceCipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.macNonceKey(), "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES", e);
    }
  }

  /// Seals `length` bytes into `target`, which has room for [#OVERHEAD_BYTES] more. Returns the
  /// bytes written.
  public int seal(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
    byte[] iv = freshIv();
    System.arraycopy(iv, 0, target, targetOffset, IV_BYTES);
    int bodyAt = targetOffset + IV_BYTES;
    crypt(Cipher.ENCRYPT_MODE, iv, plain, offset, length, target, bodyAt);
    byte[] tag = tag(iv, target, bodyAt, length);
    System.arraycopy(tag, 0, target, bodyAt + length, tag.length);
    return length + OVERHEAD_BYTES;
  }

  public byte[] seal(byte[] plain) {
    byte[] sealed = new byte[plain.length + OVERHEAD_BYTES];
    seal(plain, 0, plain.length, sealed, 0);
    return sealed;
  }

  /// Opens `length` bytes into `target`. Returns the bytes written: 32 fewer.
  public int open(byte[] sealed, int offset, int length, byte[] target, int targetOffset)
      throws AuthenticationException {
    int plainLength = length - OVERHEAD_BYTES;
    if (plainLength < 0) {
      throw new AuthenticationException("too short to be encrypted: " + length + " bytes");
    }
    byte[] iv = Arrays.copyOfRange(sealed, offset, offset + IV_BYTES);
    int bodyAt = offset + IV_BYTES;
    byte[] found = Arrays.copyOfRange(sealed, bodyAt + plainLength, offset + length);
    if (!MessageDigest.isEqual(tag(iv, sealed, bodyAt, plainLength), found)) {
      throw new AuthenticationException("the MAC does not match");
    }
    crypt(Cipher.DECRYPT_MODE, iv, sealed, bodyAt, plainLength, target, targetOffset);
    return plainLength;
  }

  public byte[] open(byte[] sealed) throws AuthenticationException {
    byte[] plain = new byte[Math.max(0, sealed.length - OVERHEAD_BYTES)];
    open(sealed, 0, sealed.length, plain, 0);
    return plain;
  }

  private byte[] freshIv() {
    byte[] iv = new byte[IV_BYTES];
    do {
      random.nextBytes(iv);
    } while (Arrays.equals(iv, new byte[IV_BYTES]));
    return iv;
  }

  private void crypt(int mode, byte[] iv, byte[] in, int inAt, int length, byte[] out, int outAt) {
    try {
      stream.init(mode, encryption, new IvParameterSpec(iv));
      int piece = CALL.forMessage(length);
      int done = 0;
      while (length - done > piece) {
        stream.update(in, inAt + done, piece, out, outAt + done);
        done += piece;
      }
      stream.doFinal(in, inAt + done, length - done, out, outAt + done);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR refused its input", e);
    }
  }

  private byte[] tag(byte[] iv, byte[] ciphertext, int offset, int length) {
    byte[] oneTimeKey = Arrays.copyOf(macMultiplier, 32);
    try {
      nonceCipher.doFinal(iv, 0, IV_BYTES, oneTimeKey, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refused a nonce", e);
    }
    return mac.tag(oneTimeKey, ciphertext, offset, length);
  }
}
