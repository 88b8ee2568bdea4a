package io.firn.repository;

/// `lengthBytes` bytes from `offsetBytes`.
public record ByteRange(long offsetBytes, long lengthBytes) {
  public ByteRange {
    if (offsetBytes < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException("negative range: " + offsetBytes + "+" + lengthBytes);
    }
  }

  /// The first byte after the range.
  public long endBytes() {
    return offsetBytes + lengthBytes;
  }
}
