package io.firn.simulator.guest;

import io.firn.simulator.storage.DataExtents;
import io.firn.simulator.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// A disk to be read page by page.
interface PageSource {
  long sizeBytes();

  /// Fills `target` from an offset.
  void read(long offsetBytes, ByteBuffer target) throws IOException;

  /// The ranges that may hold anything but zeros.
  List<DataExtents.Extent> data() throws IOException;

  default byte[] page(long offsetBytes) throws IOException {
    byte[] page = new byte[Pages.PAGE_BYTES];
    read(offsetBytes, ByteBuffer.wrap(page));
    return page;
  }

  static PageSource of(DiskFile disk) {
    return new PageSource() {
      @Override
      public long sizeBytes() {
        return disk.sizeBytes();
      }

      @Override
      public void read(long offsetBytes, ByteBuffer target) throws IOException {
        disk.read(offsetBytes, target);
      }

      @Override
      public List<DataExtents.Extent> data() throws IOException {
        return DataExtents.of(disk.path(), sizeBytes());
      }
    };
  }

  static PageSource of(FileChannel channel, Path path) throws IOException {
    long sizeBytes = channel.size();
    return new PageSource() {
      @Override
      public long sizeBytes() {
        return sizeBytes;
      }

      @Override
      public void read(long offsetBytes, ByteBuffer target) throws IOException {
        long at = offsetBytes;
        while (target.hasRemaining()) {
          int count = channel.read(target, at);
          if (count < 0) {
            throw new IOException(path + " ends at " + at);
          }
          at += count;
        }
      }

      @Override
      public List<DataExtents.Extent> data() throws IOException {
        return DataExtents.of(path, sizeBytes);
      }
    };
  }
}
