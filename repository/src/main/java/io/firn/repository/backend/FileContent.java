package io.firn.repository.backend;

import java.nio.ByteBuffer;

/// Content that comes in several buffers.
public final class FileContent {
  private FileContent() {}

  public static long sizeBytes(ByteBuffer... content) {
    long size = 0;
    for (ByteBuffer part : content) {
      size += part.remaining();
    }
    return size;
  }

  /// All of it in one array; the buffers' positions stay.
  public static byte[] bytes(ByteBuffer... content) {
    byte[] bytes = new byte[Math.toIntExact(sizeBytes(content))];
    ByteBuffer all = ByteBuffer.wrap(bytes);
    for (ByteBuffer part : content) {
      all.put(part.duplicate());
    }
    return bytes;
  }
}
