package io.firn.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Where a disk is written back. Written by several threads at once, each range once.
public interface DiskTarget extends AutoCloseable {
  /// Makes room for a disk of that size; called first.
  void begin(long sizeBytes) throws IOException;

  /// Data will be written there, in order and without overlaps; called once, after [#begin]. A
  /// target that can sets the space aside, and fails where there is not enough.
  default void expect(List<ByteRange> data) throws IOException {}

  void write(long offsetBytes, ByteBuffer source) throws IOException;

  /// The range is zeros. A target known to read as zeros there does nothing.
  void zero(long offsetBytes, long lengthBytes) throws IOException;

  /// Makes all durable; called last.
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
