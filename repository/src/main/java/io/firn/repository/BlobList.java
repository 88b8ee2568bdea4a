package io.firn.repository;

/// The blobs of one file in order: 32 bytes each in one array, so that a disk of a million blocks
/// is 32 MB and not a million objects. Immutable.
public final class BlobList {
  private final byte[] ids;

  /// Takes over `ids` (a multiple of 32 bytes): the caller no longer changes it.
  public BlobList(byte[] ids) {
    if (ids.length % 32 != 0) {
      throw new IllegalArgumentException("not a multiple of 32 bytes: " + ids.length);
    }
    this.ids = ids;
  }

  public int size() {
    return ids.length / 32;
  }

  public BlobId get(int index) {
    return new BlobId(Digest.of(ids, Math.multiplyExact(index, 32)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlobList list && java.util.Arrays.equals(ids, list.ids);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(ids);
  }
}
