package io.firn.repository.disk;

import io.firn.repository.ByteRange;
import io.firn.repository.DiskSource;
import io.firn.repository.TestRepositories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Writes down which blocks are read, and fails at one of them.
final class WatchedDisk implements DiskSource {
  final Set<Integer> read = new ConcurrentSkipListSet<>();
  private final DiskSource disk;
  private final int blockBytes;
  private final int bad;

  WatchedDisk(byte[] content, int blockBytes) {
    this(content, blockBytes, -1);
  }

  WatchedDisk(byte[] content, int blockBytes, int bad) {
    this.disk = TestRepositories.disk(content);
    this.blockBytes = blockBytes;
    this.bad = bad;
  }

  @Override
  public long sizeBytes() {
    return disk.sizeBytes();
  }

  @Override
  public void read(long offsetBytes, ByteBuffer target) throws IOException {
    int block = (int) (offsetBytes / blockBytes);
    if (block == bad) {
      throw new IOException("bad sector at block " + block);
    }
    disk.read(offsetBytes, target);
    read.add(block);
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    return disk.dataRanges();
  }

  @Override
  public void close() {}
}
