package io.firn.simulator.guest;

import io.firn.simulator.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// A disk behind the guest's page cache. Written pages stay in memory until they are flushed or the
/// kernel happens to write them back, in no particular order; what is still in memory when the
/// power goes is lost.
///
/// Thread-safe.
final class CachedDisk {
  private final DiskFile disk;
  private final Random random;
  private final BooleanSupplier powered;
  private final Map<Long, byte[]> dirty = new LinkedHashMap<>();

  CachedDisk(DiskFile disk, Random random, BooleanSupplier powered) {
    this.disk = disk;
    this.random = random;
    this.powered = powered;
  }

  synchronized void put(long offsetBytes, byte[] page) {
    dirty.put(offsetBytes, page);
  }

  /// fsync: returns when every page that was written so far is on the disk, or the power is off.
  synchronized void flush() throws IOException {
    writeBack(dirty.size());
  }

  /// The kernel writes some pages in the background.
  synchronized void writeSomeBack() throws IOException {
    writeBack(dirty.isEmpty() ? 0 : random.nextInt(dirty.size() + 1));
  }

  synchronized int dirtyPages() {
    return dirty.size();
  }

  private void writeBack(int pages) throws IOException {
    List<Long> order = new ArrayList<>(dirty.keySet());
    Collections.shuffle(order, random);
    for (long offsetBytes : order.subList(0, pages)) {
      if (!powered.getAsBoolean()) {
        return;
      }
      byte[] page = dirty.remove(offsetBytes);
      if (page != null) {
        disk.write(offsetBytes, ByteBuffer.wrap(page));
      }
    }
  }
}
