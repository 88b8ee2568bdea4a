package io.firn.repository;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/// Disk images for tests, from a seed: random and compressible data, written zeros, holes.
public final class TestDisks {
  private TestDisks() {}

  /// Random blocks, every third one zeros, and a short last one; always the same.
  public static byte[] blocks(int blocks, int blockBytes) {
    byte[] disk = new byte[blocks * blockBytes + 100];
    new Random(1).nextBytes(disk);
    for (int block = 0; block < blocks; block += 3) {
      Arrays.fill(disk, block * blockBytes, (block + 1) * blockBytes, (byte) 0);
    }
    return disk;
  }

  /// A sparse file of that size, a third of it hole, the rest in pieces of different kinds.
  public static Path mixed(Path file, long sizeBytes, long seed) throws IOException {
    Random random = new Random(seed);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(0);
      out.setLength(sizeBytes);
      long at = 0;
      while (at < sizeBytes) {
        int length = (int) Math.min(sizeBytes - at, 1 + random.nextInt(900_000));
        byte[] piece = piece(random, length);
        if (piece.length > 0) {
          out.seek(at);
          out.write(piece);
        }
        at += length;
      }
    }
    return file;
  }

  /// Empty for a hole.
  private static byte[] piece(Random random, int length) {
    return switch (random.nextInt(4)) {
      case 0 -> random(random, length);
      case 1 -> text(random, length);
      case 2 -> new byte[length];
      default -> new byte[0];
    };
  }

  public static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(6));
    }
    return bytes;
  }
}
