package io.firn.repository.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.pack.BlobType;

/// Compresses and seals one blob after the other in buffers of its own. One per worker thread.
public final class BlobEncoder implements AutoCloseable {
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final Envelope envelope;
  private byte[] compressed = new byte[0];
  private byte[] sealed = new byte[0];
  private int sealedBytes;
  private long plainBytes;

  BlobEncoder(SecretKey key, int level) {
    envelope = new Envelope(key);
    zstd.setLevel(level);
    zstd.setContentSize(true);
    zstd.setChecksum(false);
  }

  /// Data that compression makes less than 3 % smaller is kept as it is. Trees are always
  /// compressed: restic's prune repacks those that are not, every time.
  void encode(BlobType type, byte[] plain, int offset, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (compressed.length < bound) {
      compressed = new byte[bound];
      sealed = new byte[bound + Envelope.OVERHEAD_BYTES];
    }
    int size = zstd.compressByteArray(compressed, 0, compressed.length, plain, offset, length);
    boolean worthIt = type == BlobType.TREE || size < length - length / 32;
    plainBytes = worthIt ? length : 0;
    sealedBytes =
        worthIt
            ? envelope.seal(compressed, 0, size, sealed, 0)
            : envelope.seal(plain, offset, length, sealed, 0);
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
    zstd.close();
  }
}
