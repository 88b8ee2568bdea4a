package io.firn.repository.index;

import io.firn.repository.PackId;
import io.firn.repository.crypto.Envelope;

/// Where a blob lies. `plainBytes` is its size before compression, 0 where it is not compressed.
public record BlobLocation(PackId pack, long offsetBytes, long lengthBytes, long plainBytes) {
  public boolean compressed() {
    return plainBytes != 0;
  }

  /// The blob's own size.
  public long sizeBytes() {
    return compressed() ? plainBytes : lengthBytes - Envelope.OVERHEAD_BYTES;
  }
}
