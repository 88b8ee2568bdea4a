package io.firn.simulator.guest;

import io.firn.simulator.storage.DataExtents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Where a disk keeps its journal: a header page, a ring of records, data pages.
record JournalRegion(long offsetBytes, int ringPages, int dataPages) {
  /// Where a blank disk gets its journal.
  static final long DEFAULT_OFFSET_BYTES = 1 << 20;

  private static final long LARGEST_BYTES = 8 << 20;
  private static final int SMALLEST_PAGES = 64;
  private static final int SCAN_BYTES = 1 << 20;

  static JournalRegion of(long offsetBytes, HeaderPage header) {
    return new JournalRegion(offsetBytes, header.ringPages(), header.dataPages());
  }

  /// The layout of a new journal in a region; empty where it is too small.
  static Optional<JournalRegion> layout(long offsetBytes, long regionBytes) {
    long pages = Math.min(regionBytes, LARGEST_BYTES) / Pages.PAGE_BYTES;
    if (pages < SMALLEST_PAGES) {
      return Optional.empty();
    }
    int ring = (int) pages / 4;
    return Optional.of(new JournalRegion(offsetBytes, ring, (int) pages - 1 - ring));
  }

  long headerAt() {
    return offsetBytes;
  }

  long recordAt(long sequence) {
    return offsetBytes + (1 + sequence % ringPages) * Pages.PAGE_BYTES;
  }

  long dataAt(int page) {
    return offsetBytes + (1L + ringPages + page) * Pages.PAGE_BYTES;
  }

  long endBytes() {
    return dataAt(dataPages);
  }

  /// The offset of the region's header on a disk; empty where the disk has none. Looks at the
  /// default place first, then at every page that holds data.
  static Optional<Long> find(PageSource disk) throws IOException {
    if (isHeader(disk, DEFAULT_OFFSET_BYTES)) {
      return Optional.of(DEFAULT_OFFSET_BYTES);
    }
    for (DataExtents.Extent extent : disk.data()) {
      Optional<Long> found = find(disk, extent);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isHeader(PageSource disk, long offsetBytes) throws IOException {
    return offsetBytes + Pages.PAGE_BYTES <= disk.sizeBytes()
        && HeaderPage.hasMagic(disk.page(offsetBytes), 0);
  }

  private static Optional<Long> find(PageSource disk, DataExtents.Extent extent)
      throws IOException {
    long page = Pages.PAGE_BYTES;
    long end = Math.min(extent.offsetBytes() + extent.lengthBytes(), disk.sizeBytes());
    long at = extent.offsetBytes() / page * page;
    while (at + page <= end) {
      int length = (int) Math.min(SCAN_BYTES, (end - at) / page * page);
      byte[] bytes = new byte[length];
      disk.read(at, ByteBuffer.wrap(bytes));
      for (int within = 0; within < length; within += Pages.PAGE_BYTES) {
        if (HeaderPage.hasMagic(bytes, within)) {
          return Optional.of(at + within);
        }
      }
      at += length;
    }
    return Optional.empty();
  }

  /// Whether the place for a blank disk's journal holds only zeros.
  static boolean isBlank(PageSource disk) throws IOException {
    long end = Math.min(DEFAULT_OFFSET_BYTES + LARGEST_BYTES, disk.sizeBytes());
    for (DataExtents.Extent extent : disk.data()) {
      long from = Math.max(extent.offsetBytes(), DEFAULT_OFFSET_BYTES);
      long to = Math.min(extent.offsetBytes() + extent.lengthBytes(), end);
      for (long at = from; at < to; at += Pages.PAGE_BYTES) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(Pages.PAGE_BYTES, to - at));
        disk.read(at, bytes);
        if (!Pages.isZero(bytes.array())) {
          return false;
        }
      }
    }
    return true;
  }
}
