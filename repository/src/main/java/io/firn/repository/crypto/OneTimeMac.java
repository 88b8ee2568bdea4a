package io.firn.repository.crypto;

/// Poly1305 under a key that is used once (RFC 8439 section 2.5). One per thread.
interface OneTimeMac {
  /// Firn's own.
  OneTimeMac OWN = (key, message, offset, length) -> new Poly1305(key).tag(message, offset, length);

  /// What is fastest here; chosen once for the process.
  static OneTimeMac fastest() {
    return WideMultiplication.COMPILED ? RuntimePoly1305.find().orElse(OWN) : OWN;
  }

  /// The tag of `length` bytes from `offset`; `key` is r and s, 16 bytes each, r clamped or not.
  byte[] tag(byte[] key, byte[] message, int offset, int length);
}
