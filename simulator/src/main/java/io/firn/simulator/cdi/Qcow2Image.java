package io.firn.simulator.cdi;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads qcow2 images, versions 2 and 3, as QEMU's `docs/interop/qcow2.txt` describes them: plain,
/// zero and deflated clusters. Encrypted images, images with a backing file or an external data
/// file, zstd clusters and extended L2 entries are refused by name.
///
/// Not thread-safe.
final class Qcow2Image implements Closeable {
  private static final int MAGIC = 0x514649fb;
  private static final int HEADER_BYTES = 112;
  private static final long OFFSET_MASK = 0x00ff_ffff_ffff_fe00L;
  private static final long COMPRESSED = 1L << 62;
  private static final int SECTOR = 512;

  private final FileChannel file;
  private final Qcow2Header header;

  private Qcow2Image(FileChannel file, Qcow2Header header) {
    this.file = file;
    this.header = header;
  }

  static boolean isQcow2(byte[] start) {
    return start.length >= 4 && ByteBuffer.wrap(start).getInt() == MAGIC;
  }

  static Qcow2Image open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new Qcow2Image(file, Qcow2Header.parse(read(file, 0, HEADER_BYTES)));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  long sizeBytes() {
    return header.sizeBytes();
  }

  /// Writes the guest's disk to the target; clusters that are not there stay holes.
  void convert(DiskTarget target) throws IOException {
    target.requireRoom(header.sizeBytes());
    target.clear();
    int cluster = header.clusterBytes();
    long entries = cluster / Long.BYTES;
    ByteBuffer l1 = read(file, header.l1Offset(), Math.multiplyExact(header.l1Entries(), 8));
    try (FileChannel out = FileChannel.open(target.file(), StandardOpenOption.WRITE)) {
      for (int i = 0; i < header.l1Entries(); i++) {
        long table = l1.getLong(i * Long.BYTES) & OFFSET_MASK;
        if (table != 0) {
          convertTable(out, read(file, table, cluster), i * entries * cluster);
        }
      }
    }
  }

  private void convertTable(FileChannel out, ByteBuffer table, long base) throws IOException {
    int cluster = header.clusterBytes();
    for (int i = 0; i < cluster / Long.BYTES; i++) {
      long at = base + (long) i * cluster;
      long entry = table.getLong(i * Long.BYTES);
      if (at >= header.sizeBytes() || entry == 0) {
        continue;
      }
      byte[] bytes = cluster(entry);
      int length = (int) Math.min(bytes.length, header.sizeBytes() - at);
      DiskTarget.write(out, at, bytes, length);
    }
  }

  /// The content behind an L2 entry; zeros where there is none.
  private byte[] cluster(long entry) throws IOException {
    if ((entry & COMPRESSED) != 0) {
      return inflated(entry);
    }
    boolean zero = header.version() >= 3 && (entry & 1) != 0;
    long offset = entry & OFFSET_MASK;
    if (zero || offset == 0) {
      return new byte[header.clusterBytes()];
    }
    return readAvailable(offset, header.clusterBytes());
  }

  private byte[] inflated(long entry) throws IOException {
    int offsetBits = 62 - (header.clusterBits() - 8);
    long offset = entry & ((1L << offsetBits) - 1);
    long sectors = ((entry & ~COMPRESSED & ~(1L << 63)) >>> offsetBits) + 1;
    int length = (int) (sectors * SECTOR - (offset & (SECTOR - 1)));
    byte[] plain = new byte[header.clusterBytes()];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(readAvailable(offset, length));
      int done = 0;
      while (done < plain.length) {
        int step = inflater.inflate(plain, done, plain.length - done);
        if (step == 0) {
          throw new IOException("qcow2: compressed cluster at offset " + offset + " is cut short");
        }
        done += step;
      }
      return plain;
    } catch (DataFormatException e) {
      throw new IOException("qcow2: compressed cluster at offset " + offset + " is damaged", e);
    }
  }

  /// The last cluster of a file may be cut where only zeros follow.
  private byte[] readAvailable(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        break;
      }
    }
    if (buffer.position() == 0) {
      throw new EOFException("qcow2: cluster at offset " + offset + " lies beyond the file's end");
    }
    return bytes;
  }

  private static ByteBuffer read(FileChannel file, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        break;
      }
    }
    if (buffer.position() < Math.min(length, 72)) {
      throw new EOFException("qcow2: the file ends at " + (offset + buffer.position()));
    }
    return buffer.position(0).limit(length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
