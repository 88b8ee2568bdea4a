package io.firn.simulator.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// A disk of a volume. Writes hold the shared side of the volume's lock, so a snapshot, which takes
/// the exclusive side, sees each of them wholly or not at all.
///
/// Thread-safe. Users must not interrupt a thread that is inside: that closes the file for all.
final class VolumeDisk implements DiskFile, AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final Lock writing;
  private final @Nullable Object fileKey;

  VolumeDisk(Path path, Lock writing) throws IOException {
    this.path = path;
    this.writing = writing;
    this.channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.fileKey = fileKey(path);
  }

  private static @Nullable Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException("size of " + path, e);
    }
  }

  /// Whether this is still the file of that name: a restore may put another in its place.
  boolean isCurrent() throws IOException {
    return channel.isOpen() && Objects.equals(fileKey, fileKey(path));
  }

  @Override
  public void write(long offsetBytes, ByteBuffer source) throws IOException {
    checkRange(offsetBytes, source.remaining());
    writing.lock();
    try {
      long at = offsetBytes;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void read(long offsetBytes, ByteBuffer target) throws IOException {
    checkRange(offsetBytes, target.remaining());
    long at = offsetBytes;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new IOException(path + " ends at " + at);
      }
      at += count;
    }
  }

  private void checkRange(long offsetBytes, int lengthBytes) throws IOException {
    long sizeBytes = channel.size();
    if (offsetBytes < 0 || offsetBytes + lengthBytes > sizeBytes) {
      throw new IOException(
          "%s has %d bytes; %d bytes at %d lie outside"
              .formatted(path, sizeBytes, lengthBytes, offsetBytes));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
