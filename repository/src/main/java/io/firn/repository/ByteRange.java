package io.firn.repository;

/// `lengthBytes` bytes from `offsetBytes`.
public record ByteRange(long offsetBytes, long lengthBytes) {
  public ByteRange {
    if (offsetBytes < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException("negative range: " + offsetBytes + "+" + lengthBytes);
    }
    if (offsetBytes > Long.MAX_VALUE - lengthBytes) {
      throw new IllegalArgumentException("range without end: " + offsetBytes + "+" + lengthBytes);
    }
  }

  /// The first byte after the range.
  public long endBytes() {
    return offsetBytes + lengthBytes;
  }
}
