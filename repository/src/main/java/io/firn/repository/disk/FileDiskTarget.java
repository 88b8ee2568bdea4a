package io.firn.repository.disk;

import io.firn.repository.ByteRange;
import io.firn.repository.DiskTarget;
import io.firn.repository.file.AlignedBuffers;
import io.firn.repository.file.DirectWrites;
import io.firn.repository.file.NativeFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A raw disk that is written to a file or a block device. Thread-safe.
public final class FileDiskTarget implements DiskTarget {
  private static final int ZEROS_BYTES = 1 << 20;
  private static final int PIECE_BYTES = 1 << 20;

  /// After so many bytes the system is told to begin.
  private static final long EARLY_BYTES = 64L << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final FileChannel channel;
  private final boolean exact;
  private final boolean regular;
  private final Optional<NativeFile> system;
  private final Optional<DirectWrites> direct;
  private final Object ordinaryWrites = new Object();
  private final AtomicLong unsynced = new AtomicLong();
  private volatile boolean setAside;

  private FileDiskTarget(Path path, boolean exact) throws IOException {
    this.path = path;
    this.exact = exact;
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.channel = file.getChannel();
    this.regular = Files.isRegularFile(path);
    this.system = NativeFile.open(path, true);
    this.direct = DirectWrites.open(path, new AlignedBuffers(PIECE_BYTES));
  }

  /// A file that becomes exactly as large as the disk; made if absent.
  public static FileDiskTarget create(Path path) throws IOException {
    return new FileDiskTarget(path, true);
  }

  /// An existing file or block device, which keeps its size and must be large enough.
  public static FileDiskTarget open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return new FileDiskTarget(path, false);
  }

  @Override
  public void begin(long sizeBytes) throws IOException {
    long size = exact ? sizeBytes : channel.size();
    if (size < sizeBytes) {
      throw new IOException("%s has %d bytes, the disk needs %d".formatted(path, size, sizeBytes));
    }
    if (regular) {
      file.setLength(0);
      file.setLength(size);
    }
  }

  /// Space that is there already can be written by several threads at once, and that a disk does
  /// not fit is known before hours have gone into it (docs/decisions/0032). Of use to direct writes
  /// only.
  @Override
  public void expect(List<ByteRange> data) throws IOException {
    if (!regular || direct.isEmpty() || system.isEmpty()) {
      return;
    }
    setAside = true;
    for (ByteRange range : data) {
      int error = system.get().allocate(range.offsetBytes(), range.lengthBytes());
      if (error == NativeFile.ENOSPC) {
        file.setLength(0);
        throw noRoom(data);
      }
      if (error != 0) {
        return;
      }
    }
  }

  private IOException noRoom(List<ByteRange> data) throws IOException {
    long needed = data.stream().mapToLong(ByteRange::lengthBytes).sum();
    long free = Files.getFileStore(path).getUsableSpace();
    return new IOException(
        "No space left on device: %s needs %d bytes, %d are free".formatted(path, needed, free));
  }

  @Override
  public void write(long offsetBytes, ByteBuffer source) throws IOException {
    int begin = source.position();
    direct.ifPresent(writes -> writes.write(offsetBytes, source));
    if (source.hasRemaining()) {
      writeOrdinarily(offsetBytes + source.position() - begin, source);
    }
  }

  /// One at a time: threads that write to one file through the page cache wait for its lock by
  /// spinning in the kernel, which costs more than the writing.
  private void writeOrdinarily(long offsetBytes, ByteBuffer source) throws IOException {
    int length = source.remaining();
    synchronized (ordinaryWrites) {
      long at = offsetBytes;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    }
    writeEarly(length);
  }

  /// A sync at the end finds little left to do when the system has written all along.
  private void writeEarly(int length) {
    long before = unsynced.getAndAdd(length);
    if (before / EARLY_BYTES != (before + length) / EARLY_BYTES) {
      system.ifPresent(NativeFile::startWriting);
    }
  }

  /// A file was emptied at the beginning, so that it reads as zeros there already; what was set
  /// aside for data goes back. A device is told to forget the range, or has zeros written.
  @Override
  public void zero(long offsetBytes, long lengthBytes) throws IOException {
    if (regular && !setAside) {
      return;
    }
    if ((system.isPresent() && system.get().punch(offsetBytes, lengthBytes)) || regular) {
      return;
    }
    long at = offsetBytes;
    long end = offsetBytes + lengthBytes;
    while (at < end) {
      int length = (int) Math.min(ZEROS_BYTES, end - at);
      write(at, ByteBuffer.allocate(length));
      at += length;
    }
  }

  @Override
  public void finish() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    if (system.isPresent()) {
      system.get().close();
    }
    if (direct.isPresent()) {
      direct.get().close();
    }
    file.close();
  }
}
