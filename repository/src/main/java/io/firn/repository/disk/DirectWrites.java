package io.firn.repository.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// Writes that go past the page cache (`O_DIRECT`): a restored disk is read next by somebody else,
/// and pages that only wait to be written cost more than the writing (docs/decisions/0029).
/// Thread-safe.
final class DirectWrites implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;
  private static final int PIECE_BYTES = 1 << 20;

  private final FileChannel channel;
  private final int alignmentBytes;
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();
  private volatile boolean refused;

  private DirectWrites(FileChannel channel, int alignmentBytes) {
    this.channel = channel;
    this.alignmentBytes = alignmentBytes;
  }

  /// Empty where the runtime does not know how, or the file system will not have it.
  static Optional<DirectWrites> open(Path path) {
    return option().flatMap(direct -> open(path, direct));
  }

  private static Optional<DirectWrites> open(Path path, OpenOption direct) {
    try {
      int block = Math.toIntExact(Files.getFileStore(path).getBlockSize());
      FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, direct);
      return Optional.of(new DirectWrites(channel, Math.max(PAGE_BYTES, block)));
    } catch (IOException | UnsupportedOperationException | ArithmeticException refused) {
      // The file system says no in one of these ways; whoever asks writes through the page cache.
      return Optional.empty();
    }
  }

  /// By its name: the option is the JDK's own and open to all, but its compiler warns of every
  /// mention.
  private static Optional<OpenOption> option() {
    try {
      Object[] options = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      return Stream.of(options)
          .filter(option -> option.toString().equals("DIRECT"))
          .map(OpenOption.class::cast)
          .findFirst();
    } catch (ClassNotFoundException anotherRuntime) {
      return Optional.empty();
    }
  }

  /// Writes as much of the beginning of `source` as is aligned, and moves its position behind it.
  /// Nothing where the offset is not aligned, or where the device wants more than the file system
  /// says: whoever calls writes the rest in the ordinary way, and is told of real errors there.
  void write(long offsetBytes, ByteBuffer source) {
    if (refused || offsetBytes % alignmentBytes != 0 || source.remaining() < alignmentBytes) {
      return;
    }
    ByteBuffer buffer = takeBuffer();
    try {
      long at = offsetBytes;
      while (source.remaining() >= alignmentBytes && !refused) {
        at += writePiece(at, source, buffer);
      }
    } finally {
      buffers.add(buffer);
    }
  }

  private int writePiece(long offsetBytes, ByteBuffer source, ByteBuffer buffer) {
    int length = Math.min(source.remaining(), buffer.capacity());
    length -= length % alignmentBytes;
    buffer.clear().put(0, source, source.position(), length).limit(length);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer, offsetBytes + buffer.position());
      }
      source.position(source.position() + length);
      return length;
    } catch (IOException e) {
      refused = true;
      return 0;
    }
  }

  /// Buffers are kept for the next caller: there are as many as threads that write at once.
  private ByteBuffer takeBuffer() {
    ByteBuffer spare = buffers.poll();
    return spare != null
        ? spare
        : ByteBuffer.allocateDirect(PIECE_BYTES + alignmentBytes).alignedSlice(alignmentBytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
