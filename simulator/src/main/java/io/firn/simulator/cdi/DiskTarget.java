package io.firn.simulator.cdi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/// The raw disk that an import fills: a device's file, or `disk.img` on a file system.
/// `usableBytes` is how large the disk may be; it is that large when the import is done.
record DiskTarget(Path file, long usableBytes) {
  private static final int PIECE_BYTES = 64 * 1024;

  static DiskTarget of(Path volume, long usableBytes) {
    Path file = Files.isDirectory(volume) ? volume.resolve("disk.img") : volume;
    return new DiskTarget(file, usableBytes);
  }

  /// Empties the disk; everything reads as zero.
  void clear() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      channel.truncate(0);
      grow(channel);
    }
  }

  /// Fills the disk from its beginning; runs of zeros stay holes. Answers the bytes read.
  long fill(InputStream image, LongConsumer done) throws IOException {
    clear();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] piece = new byte[PIECE_BYTES];
      long offset = 0;
      for (int read = image.readNBytes(piece, 0, piece.length);
          read > 0;
          read = image.readNBytes(piece, 0, piece.length)) {
        requireRoom(offset + read);
        write(channel, offset, piece, read);
        offset += read;
        done.accept(offset);
      }
      return offset;
    }
  }

  /// Writes a piece unless it is all zeros.
  static void write(FileChannel channel, long offset, byte[] piece, int length) throws IOException {
    if (isZero(piece, length)) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(piece, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer, offset + buffer.position());
    }
  }

  void requireRoom(long sizeBytes) throws IOException {
    if (sizeBytes > usableBytes) {
      throw new IOException(
          "Virtual image size "
              + sizeBytes
              + " is larger than the reported available storage "
              + usableBytes
              + ". A larger PVC is required.");
    }
  }

  private void grow(FileChannel channel) throws IOException {
    if (usableBytes > 0) {
      channel.write(ByteBuffer.wrap(new byte[1]), usableBytes - 1);
    }
  }

  private static boolean isZero(byte[] piece, int length) {
    for (int i = 0; i < length; i++) {
      if (piece[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
