package io.firn.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk to be stored. Read by several threads at once.
public interface DiskSource extends AutoCloseable {
  /// Logical size.
  long sizeBytes();

  /// Fills `target` from `offsetBytes`; the range is within the size.
  void read(long offsetBytes, ByteBuffer target) throws IOException;

  /// Ranges that may hold data, sorted, not overlapping; all else reads as zeros. A source that
  /// cannot tell returns one range that covers all.
  List<ByteRange> dataRanges() throws IOException;

  @Override
  void close() throws IOException;
}
