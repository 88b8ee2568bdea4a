package io.firn.repository.config;

import java.security.SecureRandom;

/// An irreducible polynomial of degree 53 over GF(2), one bit a coefficient. restic opens no
/// repository whose polynomial is reducible.
final class ChunkerPolynomial {
  static final int DEGREE = 53;

  private ChunkerPolynomial() {}

  static long random(SecureRandom random) {
    long candidate;
    do {
      long bits = random.nextLong() & ((1L << DEGREE) - 1);
      candidate = bits | (1L << DEGREE) | 1;
    } while (!irreducible(candidate));
    return candidate;
  }

  /// Ben-Or's test: no factor of degree i up to half of the degree, that is gcd(f, x^(2^i) - x) = 1
  /// for each.
  static boolean irreducible(long polynomial) {
    int degree = degree(polynomial);
    long power = 2;
    for (int i = 1; i <= degree / 2; i++) {
      power = multiply(power, power, polynomial);
      if (gcd(polynomial, power ^ 2) != 1) {
        return false;
      }
    }
    return degree > 0;
  }

  private static long multiply(long a, long b, long modulus) {
    int degree = degree(modulus);
    long product = 0;
    long factor = a;
    for (long rest = b; rest != 0; rest >>>= 1) {
      product ^= (rest & 1) * factor;
      factor <<= 1;
      factor ^= (factor >>> degree & 1) * modulus;
    }
    return product;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, remainder(a, b));
  }

  private static long remainder(long a, long b) {
    long rest = a;
    while (degree(rest) >= degree(b)) {
      rest ^= b << (degree(rest) - degree(b));
    }
    return rest;
  }

  private static int degree(long polynomial) {
    return 63 - Long.numberOfLeadingZeros(polynomial);
  }
}
