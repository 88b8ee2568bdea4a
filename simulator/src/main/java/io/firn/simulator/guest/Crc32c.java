package io.firn.simulator.guest;

/// CRC-32C as ext4 chains it: the state goes in and comes out without the usual inversions, which
/// `java.util.zip.CRC32C` cannot do.
final class Crc32c {
  static final int START = ~0;

  private static final int[] TABLE = table();

  private Crc32c() {}

  static int update(int state, byte[] bytes, int from, int length) {
    int crc = state;
    for (int i = from; i < from + length; i++) {
      crc = TABLE[(crc ^ bytes[i]) & 0xFF] ^ (crc >>> 8);
    }
    return crc;
  }

  static int update(int state, byte[] bytes) {
    return update(state, bytes, 0, bytes.length);
  }

  /// A number as four bytes, little endian.
  static int update(int state, int number) {
    byte[] bytes = {
      (byte) number, (byte) (number >>> 8), (byte) (number >>> 16), (byte) (number >>> 24)
    };
    return update(state, bytes);
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82F6_3B78;
      }
      table[i] = crc;
    }
    return table;
  }
}
