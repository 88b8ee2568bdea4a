package io.firn.repository.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Poly1305 (RFC 8439 section 2.5) over one array, with a one-time key.
///
/// Limbs of 44, 44 and 42 bits. A product of two limbs is taken apart at bit 44 straight away: the
/// high part by a multiplication of operands that are shifted by ten bits each (so that bit 44 of
/// the product comes to lie at bit 64), the low part by a mask. No carry is ever looked for, which
/// makes this half as fast again as the 26-bit form on a 64-bit machine.
final class Poly1305 {
  static final int TAG_BYTES = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MASK44 = (1L << 44) - 1;
  private static final long MASK42 = (1L << 42) - 1;
  private static final long BLOCK_END = 1L << 40;

  private final long r0;
  private final long r1;
  private final long r2;
  private final long padLow;
  private final long padHigh;
  private long h0;
  private long h1;
  private long h2;

  /// `key` is r and s, 16 bytes each; r is clamped here.
  Poly1305(byte[] key) {
    long low = longAt(key, 0);
    long high = longAt(key, 8);
    r0 = low & 0xffc0fffffffL;
    r1 = ((low >>> 44) | (high << 20)) & 0xfffffc0ffffL;
    r2 = (high >>> 24) & 0x00ffffffc0fL;
    padLow = longAt(key, 16);
    padHigh = longAt(key, 24);
  }

  /// The tag of `length` bytes from `offset`.
  byte[] tag(byte[] message, int offset, int length) {
    int whole = length & ~15;
    blocks(message, offset, whole, BLOCK_END);
    if (whole < length) {
      byte[] last = new byte[16];
      System.arraycopy(message, offset + whole, last, 0, length - whole);
      last[length - whole] = 1;
      blocks(last, 0, 16, 0);
    }
    return finish();
  }

  private void blocks(byte[] message, int offset, int length, long blockEnd) {
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    long s1 = r1 * 20;
    long s2 = r2 * 20;
    long r0s = r0 << 10;
    long r1s = r1 << 10;
    long r2s = r2 << 10;
    long s1s = s1 << 10;
    long s2s = s2 << 10;
    for (int at = offset; at < offset + length; at += 16) {
      long low = (long) LONG.get(message, at);
      long high = (long) LONG.get(message, at + 8);
      a0 += low & MASK44;
      a1 += ((low >>> 44) | (high << 20)) & MASK44;
      a2 += (high >>> 24) | blockEnd;
      long b0 = a0 << 10;
      long b1 = a1 << 10;
      long b2 = a2 << 10;

      long low0 = ((a0 * r0) & MASK44) + ((a1 * s2) & MASK44) + ((a2 * s1) & MASK44);
      long high0 = top(b0, r0s) + top(b1, s2s) + top(b2, s1s);
      long low1 = ((a0 * r1) & MASK44) + ((a1 * r0) & MASK44) + ((a2 * s2) & MASK44);
      long high1 = top(b0, r1s) + top(b1, r0s) + top(b2, s2s);
      long low2 = ((a0 * r2) & MASK44) + ((a1 * r1) & MASK44) + ((a2 * r0) & MASK44);
      long high2 = top(b0, r2s) + top(b1, r1s) + top(b2, r0s);

      low1 += high0 + (low0 >>> 44);
      low2 += high1 + (low1 >>> 44);
      a1 = low1 & MASK44;
      a2 = low2 & MASK42;
      a0 = (low0 & MASK44) + 5 * ((high2 << 2) + (low2 >>> 42));
      a1 += a0 >>> 44;
      a0 &= MASK44;
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
  }

  private static long top(long a, long b) {
    return Math.multiplyHigh(a, b);
  }

  private byte[] finish() {
    carry();
    carry();
    // h - p, taken instead of h where it is not negative: without a branch on the secret.
    long g0 = h0 + 5;
    long g1 = h1 + (g0 >>> 44);
    long g2 = h2 + (g1 >>> 44) - (1L << 42);
    long keep = g2 >> 63;
    long a0 = (h0 & keep) | (g0 & MASK44 & ~keep);
    long a1 = (h1 & keep) | (g1 & MASK44 & ~keep);
    long a2 = (h2 & keep) | (g2 & MASK42 & ~keep);

    long low = a0 | (a1 << 44);
    long high = (a1 >>> 20) | (a2 << 24);
    long sumLow = low + padLow;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    byte[] tag = new byte[TAG_BYTES];
    LONG.set(tag, 0, sumLow);
    LONG.set(tag, 8, high + padHigh + carry);
    return tag;
  }

  private void carry() {
    h1 += h0 >>> 44;
    h0 &= MASK44;
    h2 += h1 >>> 44;
    h1 &= MASK44;
    h0 += 5 * (h2 >>> 42);
    h2 &= MASK42;
    h1 += h0 >>> 44;
    h0 &= MASK44;
  }

  private static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }
}
