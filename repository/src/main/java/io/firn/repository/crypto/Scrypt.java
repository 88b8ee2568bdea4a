package io.firn.repository.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// scrypt (RFC 7914): the key that a password yields, at a cost in time and memory.
///
/// Of our own, because a whole cryptography library costs a short-lived process more to load than
/// the function to run (docs/decisions/0025). The table of `n` blocks of 128 · r bytes is one
/// array.
public final class Scrypt {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SALSA_WORDS = 16;

  private Scrypt() {}

  /// `n` is a power of two; `128 · n · r` bytes of memory are needed, `p` times over in time.
  public static byte[] derive(byte[] secret, byte[] salt, int n, int r, int p, int keyBytes) {
    byte[] blocks = pbkdf2(secret, salt, Math.multiplyExact(p, 128 * r));
    int words = 32 * r;
    int[] block = new int[words];
    int[] scratch = new int[words];
    int[] table = new int[Math.multiplyExact(n, words)];
    for (int lane = 0; lane < p; lane++) {
      int at = lane * 128 * r;
      for (int i = 0; i < words; i++) {
        block[i] = (int) INT.get(blocks, at + 4 * i);
      }
      mix(block, scratch, table, n);
      for (int i = 0; i < words; i++) {
        INT.set(blocks, at + 4 * i, block[i]);
      }
    }
    byte[] key = pbkdf2(secret, blocks, keyBytes);
    Arrays.fill(blocks, (byte) 0);
    Arrays.fill(block, 0);
    Arrays.fill(scratch, 0);
    Arrays.fill(table, 0);
    return key;
  }

  /// scryptROMix: fills the table, then walks it in an order that only the data knows.
  private static void mix(int[] block, int[] scratch, int[] table, int n) {
    int words = block.length;
    for (int i = 0; i < n; i++) {
      System.arraycopy(block, 0, table, i * words, words);
      blockMix(block, scratch);
    }
    for (int i = 0; i < n; i++) {
      int row = (block[words - SALSA_WORDS] & (n - 1)) * words;
      for (int k = 0; k < words; k++) {
        block[k] ^= table[row + k];
      }
      blockMix(block, scratch);
    }
  }

  /// scryptBlockMix: even pieces come out in the first half, odd ones in the second.
  private static void blockMix(int[] block, int[] scratch) {
    int words = block.length;
    int previous = words - SALSA_WORDS;
    int[] from = block;
    for (int piece = 0; piece < words / SALSA_WORDS; piece++) {
      int at = piece * SALSA_WORDS;
      int to = (piece >> 1) * SALSA_WORDS + (piece & 1) * (words >> 1);
      salsa(from, previous, block, at, scratch, to);
      from = scratch;
      previous = to;
    }
    System.arraycopy(scratch, 0, block, 0, words);
  }

  /// Salsa20/8 of `a ^ b` into `out`. All sixteen words in variables: the compiler keeps most of
  /// them in registers.
  private static void salsa(int[] a, int aAt, int[] b, int bAt, int[] out, int to) {
    int x0 = a[aAt] ^ b[bAt];
    int x1 = a[aAt + 1] ^ b[bAt + 1];
    int x2 = a[aAt + 2] ^ b[bAt + 2];
    int x3 = a[aAt + 3] ^ b[bAt + 3];
    int x4 = a[aAt + 4] ^ b[bAt + 4];
    int x5 = a[aAt + 5] ^ b[bAt + 5];
    int x6 = a[aAt + 6] ^ b[bAt + 6];
    int x7 = a[aAt + 7] ^ b[bAt + 7];
    int x8 = a[aAt + 8] ^ b[bAt + 8];
    int x9 = a[aAt + 9] ^ b[bAt + 9];
    int x10 = a[aAt + 10] ^ b[bAt + 10];
    int x11 = a[aAt + 11] ^ b[bAt + 11];
    int x12 = a[aAt + 12] ^ b[bAt + 12];
    int x13 = a[aAt + 13] ^ b[bAt + 13];
    int x14 = a[aAt + 14] ^ b[bAt + 14];
    int x15 = a[aAt + 15] ^ b[bAt + 15];
    for (int k = 0; k < SALSA_WORDS; k++) {
      out[to + k] = a[aAt + k] ^ b[bAt + k];
    }
    for (int round = 0; round < 4; round++) {
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);

      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    out[to] += x0;
    out[to + 1] += x1;
    out[to + 2] += x2;
    out[to + 3] += x3;
    out[to + 4] += x4;
    out[to + 5] += x5;
    out[to + 6] += x6;
    out[to + 7] += x7;
    out[to + 8] += x8;
    out[to + 9] += x9;
    out[to + 10] += x10;
    out[to + 11] += x11;
    out[to + 12] += x12;
    out[to + 13] += x13;
    out[to + 14] += x14;
    out[to + 15] += x15;
  }

  /// PBKDF2-HMAC-SHA256 with one iteration. The JDK's own takes no password of bytes.
  private static byte[] pbkdf2(byte[] secret, byte[] salt, int bytes) {
    byte[] derived = new byte[bytes];
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // HMAC pads a key with zeros, so an empty one (which the JDK refuses) is one zero byte.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
      for (int done = 0, block = 1; done < bytes; done += 32, block++) {
        mac.update(salt);
        mac.update(
            new byte[] {
              (byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block
            });
        byte[] piece = mac.doFinal();
        System.arraycopy(piece, 0, derived, done, Math.min(32, bytes - done));
      }
      return derived;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no HMAC-SHA-256", e);
    }
  }
}
