package io.firn.simulator.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Pages of a journal: 4096 bytes, little endian, the last 32 the SHA-256 of those before.
final class Pages {
  static final int PAGE_BYTES = 4096;
  static final int DIGEST_BYTES = 32;
  static final int BODY_BYTES = PAGE_BYTES - DIGEST_BYTES;

  private Pages() {}

  static ByteBuffer blank() {
    return ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer view(byte[] page) {
    return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Writes the digest and hands out the page.
  static byte[] seal(ByteBuffer page) {
    byte[] bytes = new byte[PAGE_BYTES];
    page.get(0, bytes);
    System.arraycopy(digestOfBody(bytes), 0, bytes, BODY_BYTES, DIGEST_BYTES);
    return bytes;
  }

  static boolean sealed(byte[] page) {
    byte[] digest = digestOfBody(page);
    return Arrays.equals(page, BODY_BYTES, PAGE_BYTES, digest, 0, DIGEST_BYTES);
  }

  static boolean isZero(byte[] page) {
    for (byte each : page) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /// Spreads the bits of a number (the finalizer of SplitMix64).
  static long mix(long number) {
    long z = number + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  private static byte[] digestOfBody(byte[] page) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(page, 0, BODY_BYTES);
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
