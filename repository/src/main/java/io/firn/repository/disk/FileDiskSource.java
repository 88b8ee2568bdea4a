package io.firn.repository.disk;

import io.firn.repository.ByteRange;
import io.firn.repository.DiskSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A raw disk in a file or on a block device. Thread-safe.
public final class FileDiskSource implements DiskSource {
  private final Path path;
  private final FileChannel channel;
  private final long sizeBytes;

  private FileDiskSource(Path path, FileChannel channel, long sizeBytes) {
    this.path = path;
    this.channel = channel;
    this.sizeBytes = sizeBytes;
  }

  public static FileDiskSource open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new FileDiskSource(path, channel, channel.size());
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void read(long offsetBytes, ByteBuffer target) throws IOException {
    long at = offsetBytes;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        throw new EOFException("the disk became shorter than " + sizeBytes + " bytes");
      }
      at += read;
    }
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    return DataRanges.of(path, sizeBytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
