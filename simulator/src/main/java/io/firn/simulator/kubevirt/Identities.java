package io.firn.simulator.kubevirt;

import java.util.Random;
import java.util.UUID;

/// Random names and addresses from a seed, so that a cluster can be repeated.
///
/// Thread-safe.
final class Identities {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private final Random random;

  Identities(long seed) {
    this.random = new Random(seed);
  }

  /// A version-4 UUID.
  String uuid() {
    long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /// A MAC address in QEMU's range, as libvirt makes them.
  String mac() {
    int bits = random.nextInt();
    return String.format(
        "52:54:00:%02x:%02x:%02x", bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff);
  }

  /// Five letters, as generateName appends.
  String suffix() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
