package io.firn.repository.pack;

import io.firn.repository.BlobId;

/// One blob in a pack: `lengthBytes` stored bytes from `offsetBytes`. `plainBytes` is the size
/// before compression, or 0 where the blob is stored uncompressed (format notes 1.6).
public record PackEntry(
    BlobType type, BlobId id, long offsetBytes, long lengthBytes, long plainBytes) {
  public boolean compressed() {
    return plainBytes != 0;
  }
}
