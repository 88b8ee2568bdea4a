package io.firn.repository;

import java.util.Arrays;
import java.util.Objects;

/// The blobs of one file in order: 32 bytes each in one array, so that a disk of a million blocks
/// is 32 MB and not a million objects. Immutable.
public final class BlobList {
  private final byte[] ids;
  private final int size;

  /// Takes over `ids` (a multiple of 32 bytes): the caller no longer changes it.
  public BlobList(byte[] ids) {
    this(ids, ids.length / 32);
    if (ids.length % 32 != 0) {
      throw new IllegalArgumentException("not a multiple of 32 bytes: " + ids.length);
    }
  }

  /// Takes over the first `size` IDs of `ids`: the caller no longer changes it.
  public BlobList(byte[] ids, int size) {
    if (size < 0 || ids.length / 32 < size) {
      throw new IllegalArgumentException("no room for " + size + " IDs");
    }
    this.ids = ids;
    this.size = size;
  }

  public int size() {
    return size;
  }

  public BlobId get(int index) {
    Objects.checkIndex(index, size);
    return new BlobId(Digest.of(ids, Math.multiplyExact(index, 32)));
  }

  /// Writes the 32 bytes of an ID at `offset`.
  public void copyTo(int index, byte[] target, int offset) {
    Objects.checkIndex(index, size);
    System.arraycopy(ids, 32 * index, target, offset, 32);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlobList list
        && Arrays.equals(ids, 0, 32 * size, list.ids, 0, 32 * list.size);
  }

  @Override
  public int hashCode() {
    return size == 0 ? 0 : get(0).hashCode() + 31 * get(size - 1).hashCode() + size;
  }

  @Override
  public String toString() {
    return "BlobList[" + size + " blobs]";
  }
}
