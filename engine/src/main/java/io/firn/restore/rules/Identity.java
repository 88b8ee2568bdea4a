package io.firn.restore.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// New identities, derived from the mark of the restore: planning the same restore again gives the
/// same ones, so that a run that was killed can be finished.
final class Identity {
  /// KubeVirt's own namespace for UUIDs made from names.
  private static final UUID LEGACY = UUID.fromString("6a1a24a1-4061-4607-8bf4-a3963d0c5895");

  private Identity() {}

  /// A locally administered unicast address.
  static String mac(String seed) {
    byte[] hash = digest("SHA-256", seed.getBytes(StandardCharsets.UTF_8));
    return "02:%02x:%02x:%02x:%02x:%02x".formatted(hash[0], hash[1], hash[2], hash[3], hash[4]);
  }

  /// A UUID of version 4's shape.
  static UUID uuid(String seed) {
    return shaped(digest("SHA-256", seed.getBytes(StandardCharsets.UTF_8)), 4);
  }

  /// The firmware UUID that KubeVirt gave by a machine's name before it wrote random ones down.
  static UUID legacyUuid(String machine) {
    byte[] name = machine.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input =
        ByteBuffer.allocate(16 + name.length)
            .putLong(LEGACY.getMostSignificantBits())
            .putLong(LEGACY.getLeastSignificantBits())
            .put(name);
    return shaped(digest("SHA-1", input.array()), 5);
  }

  private static UUID shaped(byte[] hash, int version) {
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long most = (bits.getLong() & ~0xf000L) | ((long) version << 12);
    long least = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }

  private static byte[] digest(String algorithm, byte[] input) {
    try {
      return MessageDigest.getInstance(algorithm).digest(input);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + algorithm, impossible);
    }
  }
}
