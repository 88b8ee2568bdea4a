package io.firn.simulator.cdi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/// Writes small qcow2 images (version 3, 64 KiB clusters): plain, deflated, zero and absent
/// clusters in turn.
final class Qcow2Fixture {
  private static final int BITS = 16;
  private static final int CLUSTER = 1 << BITS;

  private Qcow2Fixture() {}

  /// Cluster `i` of the disk is plain where `i % 3 == 0`, deflated where 1, marked zero where 2; a
  /// cluster of zeros is left out.
  static byte[] encode(byte[] disk) {
    int clusters = (disk.length + CLUSTER - 1) / CLUSTER;
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    ByteBuffer l2 = ByteBuffer.allocate(CLUSTER);
    long base = 3L * CLUSTER;
    for (int i = 0; i < clusters; i++) {
      byte[] bytes = new byte[CLUSTER];
      System.arraycopy(disk, i * CLUSTER, bytes, 0, Math.min(CLUSTER, disk.length - i * CLUSTER));
      l2.putLong(entry(i, bytes, base, tail));
    }
    ByteBuffer image = ByteBuffer.allocate(3 * CLUSTER + tail.size());
    header(image, disk.length);
    image.putLong(CLUSTER, 2L * CLUSTER | 1L << 63);
    image.put(2 * CLUSTER, l2.array());
    image.put(3 * CLUSTER, tail.toByteArray());
    return image.array();
  }

  private static void header(ByteBuffer image, long sizeBytes) {
    image.putInt(0, 0x514649fb).putInt(4, 3).putInt(20, BITS).putLong(24, sizeBytes);
    image.putInt(36, 1).putLong(40, CLUSTER).putInt(96, 4).putInt(100, 104);
  }

  private static long entry(int index, byte[] bytes, long base, ByteArrayOutputStream tail) {
    boolean zero = ByteBuffer.wrap(bytes).equals(ByteBuffer.allocate(CLUSTER));
    if (zero) {
      return index % 3 == 2 ? 1 : 0;
    }
    return index % 3 == 1 ? deflated(bytes, base, tail) : plain(bytes, base, tail);
  }

  private static long plain(byte[] bytes, long base, ByteArrayOutputStream tail) {
    int padding = (CLUSTER - tail.size() % CLUSTER) % CLUSTER;
    tail.writeBytes(new byte[padding]);
    long offset = base + tail.size();
    tail.writeBytes(bytes);
    return offset | 1L << 63;
  }

  private static long deflated(byte[] bytes, long base, ByteArrayOutputStream tail) {
    try (Deflater deflater = new Deflater(9, true)) {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] packed = new byte[2 * CLUSTER];
      int length = deflater.deflate(packed);
      long offset = base + tail.size();
      tail.write(packed, 0, length);
      long sectors = ((offset + length - 1) / 512) - offset / 512;
      return 1L << 62 | sectors << (62 - (BITS - 8)) | offset;
    }
  }
}
