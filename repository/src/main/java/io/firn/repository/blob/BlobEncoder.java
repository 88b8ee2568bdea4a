package io.firn.repository.blob;

import io.firn.repository.Compression;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.pack.BlobType;

/// Compresses and seals one blob after the other in buffers of its own. One per worker thread.
public final class BlobEncoder implements AutoCloseable {
  private final BlobCompressor compressor;
  private final Envelope envelope;
  private byte[] sealed = new byte[0];
  private int sealedBytes;
  private long plainBytes;

  BlobEncoder(SecretKey key, Compression compression) {
    envelope = new Envelope(key);
    compressor = new BlobCompressor(compression);
  }

  void encode(BlobType type, byte[] plain, int offset, int length) {
    compressor.compress(type, plain, offset, length);
    seal(compressor.body(), compressor.offset(), compressor.length(), compressor.plainBytes());
  }

  void seal(CompressedBlob blob) {
    seal(blob.body(), 0, blob.body().length, blob.plainBytes());
  }

  private void seal(byte[] body, int offset, int length, long plain) {
    int needed = length + Envelope.OVERHEAD_BYTES;
    if (sealed.length < needed) {
      sealed = new byte[needed];
    }
    sealedBytes = envelope.seal(body, offset, length, sealed, 0);
    plainBytes = plain;
  }

  /// The stored form of the last blob; its first [#sealedBytes] bytes.
  byte[] sealed() {
    return sealed;
  }

  int sealedBytes() {
    return sealedBytes;
  }

  /// Size before compression, 0 where it was not compressed.
  long plainBytes() {
    return plainBytes;
  }

  @Override
  public void close() {
    compressor.close();
  }
}
