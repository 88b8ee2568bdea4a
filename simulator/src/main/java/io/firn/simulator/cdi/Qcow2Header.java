package io.firn.simulator.cdi;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The header of a qcow2 image, as far as reading needs it.
record Qcow2Header(int version, int clusterBits, long sizeBytes, int l1Entries, long l1Offset) {
  private static final long DIRTY = 1;
  private static final long COMPRESSION_TYPE = 1 << 3;
  private static final int COMPRESSION_OFFSET = 104;

  int clusterBytes() {
    return 1 << clusterBits;
  }

  static Qcow2Header parse(ByteBuffer bytes) throws IOException {
    int version = bytes.getInt(4);
    if (version != 2 && version != 3) {
      throw new IOException("qcow2: version " + version + " is not known; 2 and 3 are");
    }
    if (bytes.getLong(8) != 0) {
      throw new IOException("qcow2: images with a backing file cannot be imported");
    }
    if (bytes.getInt(32) != 0) {
      throw new IOException("qcow2: encrypted images cannot be imported");
    }
    if (version == 3) {
      features(bytes.getLong(72), bytes);
    }
    int clusterBits = bytes.getInt(20);
    if (clusterBits < 9 || clusterBits > 21) {
      throw new IOException("qcow2: cluster size 2^" + clusterBits + " is out of range");
    }
    return new Qcow2Header(
        version, clusterBits, bytes.getLong(24), bytes.getInt(36), bytes.getLong(40));
  }

  private static void features(long incompatible, ByteBuffer bytes) throws IOException {
    if ((incompatible & ~(DIRTY | COMPRESSION_TYPE)) != 0) {
      throw new IOException(
          "qcow2: features 0x" + Long.toHexString(incompatible) + " are not known here");
    }
    if ((incompatible & COMPRESSION_TYPE) != 0 && bytes.get(COMPRESSION_OFFSET) != 0) {
      throw new IOException("qcow2: only deflate compression can be read");
    }
  }
}
