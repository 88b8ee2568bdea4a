package io.firn.verify;

import io.firn.repository.DiskTarget;
import java.nio.ByteBuffer;

/// Takes a disk and keeps nothing: what counts is that it could be read. Thread-safe.
final class DiscardingTarget implements DiskTarget {
  @Override
  public void begin(long sizeBytes) {}

  @Override
  public void write(long offsetBytes, ByteBuffer source) {
    source.position(source.limit());
  }

  @Override
  public void zero(long offsetBytes, long lengthBytes) {}

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
