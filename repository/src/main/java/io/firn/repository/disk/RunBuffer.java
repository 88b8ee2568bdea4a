package io.firn.repository.disk;

import io.firn.repository.DiskTarget;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Gathers what lies side by side on a disk, data as well as zeros, and hands it to the target in
/// one piece. For one thread.
final class RunBuffer {
  private final DiskTarget target;
  private byte[] bytes = new byte[0];
  private long offset;
  private int end;
  private long zerosOffset;
  private long zerosLength;
  private long bytesWritten;
  private long bytesZero;

  RunBuffer(DiskTarget target) {
    this.target = target;
  }

  /// Makes room for a window; there is nothing in here.
  void reserve(int plainBytes) {
    if (bytes.length < plainBytes) {
      bytes = new byte[plainBytes];
    }
  }

  /// Where the next data is put, from [#end] on, before it is added.
  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  /// The next `length` bytes are in place and belong at that offset of the disk, behind all that
  /// was added before.
  void add(long offsetBytes, int length) throws IOException {
    if (Zeros.only(bytes, end, length)) {
      zeros(offsetBytes, length);
      return;
    }
    flushZeros();
    if (end == 0) {
      offset = offsetBytes;
    }
    end += length;
  }

  void zeros(long offsetBytes, int length) throws IOException {
    flushData();
    if (zerosLength == 0) {
      zerosOffset = offsetBytes;
    }
    zerosLength += length;
  }

  void flush() throws IOException {
    flushData();
    flushZeros();
  }

  /// What was written since the last call.
  long takeBytesWritten() {
    long taken = bytesWritten;
    bytesWritten = 0;
    return taken;
  }

  /// What was zeros since the last call.
  long takeBytesZero() {
    long taken = bytesZero;
    bytesZero = 0;
    return taken;
  }

  private void flushData() throws IOException {
    if (end > 0) {
      target.write(offset, ByteBuffer.wrap(bytes, 0, end));
      bytesWritten += end;
      end = 0;
    }
  }

  private void flushZeros() throws IOException {
    if (zerosLength > 0) {
      target.zero(zerosOffset, zerosLength);
      bytesZero += zerosLength;
      zerosLength = 0;
    }
  }
}
