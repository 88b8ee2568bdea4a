package io.firn.repository.blob;

/// A blob that is ready to be sealed: what to seal, and the size before compression, 0 where it is
/// not compressed. The bytes are handed over, not copied.
@SuppressWarnings("ArrayRecordComponent") // The hot path copies nothing, and nobody compares blobs.
public record CompressedBlob(byte[] body, long plainBytes) {
  /// What it holds in memory.
  public int heldBytes() {
    return body.length;
  }
}
