package io.firn.repository;

import java.util.HexFormat;

/// 32 bytes of SHA-256, as four longs (no array: a value that cannot be changed and hashes fast).
public record Digest(long a, long b, long c, long d) implements Comparable<Digest> {
  private static final HexFormat HEX = HexFormat.of();
  private static final int HEX_DIGITS = 64;

  /// Parses 64 lower-case hex digits; anything else is an [IllegalArgumentException]. Digit by
  /// digit in plain loops: a repository's index and trees have millions of them.
  public static Digest of(String hex) {
    if (hex.length() != HEX_DIGITS) {
      throw noDigest(hex);
    }
    return new Digest(parse(hex, 0), parse(hex, 16), parse(hex, 32), parse(hex, 48));
  }

  private static long parse(String hex, int from) {
    long value = 0;
    for (int i = from; i < from + 16; i++) {
      char digit = hex.charAt(i);
      if (digit >= '0' && digit <= '9') {
        value = value << 4 | (digit - '0');
      } else if (digit >= 'a' && digit <= 'f') {
        value = value << 4 | (digit - 'a' + 10);
      } else {
        throw noDigest(hex);
      }
    }
    return value;
  }

  private static IllegalArgumentException noDigest(String hex) {
    return new IllegalArgumentException("not 64 lower-case hex digits: " + hex);
  }

  /// Reads 32 bytes from `offset`.
  public static Digest of(byte[] bytes, int offset) {
    return new Digest(
        longAt(bytes, offset),
        longAt(bytes, offset + 8),
        longAt(bytes, offset + 16),
        longAt(bytes, offset + 24));
  }

  /// Writes the 32 bytes at `offset`.
  public void copyTo(byte[] target, int offset) {
    put(target, offset, a);
    put(target, offset + 8, b);
    put(target, offset + 16, c);
    put(target, offset + 24, d);
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    order = order != 0 ? order : Long.compareUnsigned(c, other.c);
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  @Override
  public String toString() {
    byte[] bytes = new byte[32];
    copyTo(bytes, 0);
    return HEX.formatHex(bytes);
  }

  private static long longAt(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  private static void put(byte[] target, int offset, long value) {
    for (int i = 0; i < 8; i++) {
      target[offset + i] = (byte) (value >>> (56 - 8 * i));
    }
  }
}
