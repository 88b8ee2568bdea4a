package io.firn.backend.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/// Several buffers as one stream, at the pace that the bandwidth allows. The buffers' positions
/// stay. One reader.
final class ContentStream extends InputStream {
  private static final int PIECE_BYTES = 1 << 16;

  private final List<ByteBuffer> parts;
  private final Bandwidth bandwidth;

  ContentStream(Bandwidth bandwidth, ByteBuffer... content) {
    this.parts = Stream.of(content).map(ByteBuffer::duplicate).toList();
    this.bandwidth = bandwidth;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    for (ByteBuffer part : parts) {
      if (part.hasRemaining()) {
        int bytes = Math.min(Math.min(length, part.remaining()), PIECE_BYTES);
        pass(bandwidth, bytes);
        part.get(target, offset, bytes);
        return bytes;
      }
    }
    return -1;
  }

  @Override
  public int available() {
    return (int) Math.min(PIECE_BYTES, parts.stream().mapToLong(ByteBuffer::remaining).sum());
  }

  static void pass(Bandwidth bandwidth, int bytes) throws IOException {
    try {
      bandwidth.pass(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
