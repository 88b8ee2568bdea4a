package io.firn.repository.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes that go past the page cache (`O_DIRECT`): a restored disk or a pack is read next by
/// somebody else, if at all, and pages that only wait to be written cost more than the writing
/// (docs/decisions/0029, 0031). Thread-safe.
public final class DirectWrites implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final FileChannel channel;
  private final int alignmentBytes;
  private final AlignedBuffers buffers;
  private volatile boolean refused;

  private DirectWrites(FileChannel channel, int alignmentBytes, AlignedBuffers buffers) {
    this.channel = channel;
    this.alignmentBytes = alignmentBytes;
    this.buffers = buffers;
  }

  /// An existing file, written in pieces as large as the buffers. Empty where the runtime does not
  /// know how, or the file system will not have it.
  public static Optional<DirectWrites> open(Path path, AlignedBuffers buffers) {
    return option().flatMap(direct -> open(path, buffers, direct));
  }

  private static Optional<DirectWrites> open(Path path, AlignedBuffers buffers, OpenOption direct) {
    try {
      int block = Math.toIntExact(Files.getFileStore(path).getBlockSize());
      FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, direct);
      return Optional.of(new DirectWrites(channel, Math.max(PAGE_BYTES, block), buffers));
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
  public void write(long offsetBytes, ByteBuffer source) {
    if (refused || offsetBytes % alignmentBytes != 0 || source.remaining() < alignmentBytes) {
      return;
    }
    ByteBuffer buffer = buffers.take(alignmentBytes);
    try {
      long at = offsetBytes;
      while (source.remaining() >= alignmentBytes && !refused) {
        at += writePiece(at, source, buffer);
      }
    } finally {
      buffers.giveBack(buffer);
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

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
