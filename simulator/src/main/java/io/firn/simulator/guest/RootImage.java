package io.firn.simulator.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/// The root disk image of the demo: a real ext4 file system of 256 MiB with a small tree and, in a
/// file of its own, room for a guest's journal. Made by `images/make-root-image`.
public final class RootImage {
  /// The size of the raw image.
  public static final long SIZE_BYTES = 256L << 20;

  private static final int BLOCK_BYTES = 64 << 10;

  private RootImage() {}

  /// Writes the raw image to a new file; blocks of zeros become holes.
  public static void writeTo(Path file) throws IOException {
    try (InputStream packed = RootImage.class.getResourceAsStream("root.img.gz")) {
      if (packed == null) {
        throw new IOException("root.img.gz is missing from this build");
      }
      unpack(new GZIPInputStream(packed, BLOCK_BYTES), file);
    }
  }

  private static void unpack(InputStream image, Path file) throws IOException {
    try (FileChannel target =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long at = 0;
      byte[] block = image.readNBytes(BLOCK_BYTES);
      while (block.length > 0) {
        if (!Pages.isZero(block)) {
          writeAt(target, at, ByteBuffer.wrap(block));
        }
        at += block.length;
        block = image.readNBytes(BLOCK_BYTES);
      }
      if (target.size() < at) {
        target.write(ByteBuffer.allocate(1), at - 1);
      }
    }
  }

  private static void writeAt(FileChannel target, long offsetBytes, ByteBuffer bytes)
      throws IOException {
    long at = offsetBytes;
    while (bytes.hasRemaining()) {
      at += target.write(bytes, at);
    }
  }
}
