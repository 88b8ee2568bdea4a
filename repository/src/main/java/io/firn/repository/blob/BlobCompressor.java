package io.firn.repository.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.firn.repository.Compression;
import io.firn.repository.pack.BlobType;
import java.util.Arrays;

/// Compresses one blob after the other into a buffer of its own. One per thread.
public final class BlobCompressor implements AutoCloseable {
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private byte[] buffer = new byte[0];
  private byte[] body = buffer;
  private int offset;
  private int length;
  private long plainBytes;

  public BlobCompressor(Compression compression) {
    zstd.setLevel(compression.level());
    zstd.setContentSize(true);
    zstd.setChecksum(false);
  }

  /// Data that compression makes less than 3 % smaller is kept as it is. Trees are always
  /// compressed: restic's prune repacks those that are not, every time.
  void compress(BlobType type, byte[] plain, int plainOffset, int plainLength) {
    int bound = Math.toIntExact(Zstd.compressBound(plainLength));
    if (buffer.length < bound) {
      buffer = new byte[bound];
    }
    int size = zstd.compressByteArray(buffer, 0, buffer.length, plain, plainOffset, plainLength);
    boolean worthIt = type == BlobType.TREE || size < plainLength - plainLength / 32;
    body = worthIt ? buffer : plain;
    offset = worthIt ? 0 : plainOffset;
    length = worthIt ? size : plainLength;
    plainBytes = worthIt ? plainLength : 0;
  }

  /// A data blob in a form that lasts.
  public CompressedBlob data(byte[] plain, int plainLength) {
    compress(BlobType.DATA, plain, 0, plainLength);
    return new CompressedBlob(Arrays.copyOfRange(body, offset, offset + length), plainBytes);
  }

  /// The last blob's form: [#length] bytes from [#offset] on, until the next one or until the plain
  /// bytes change.
  byte[] body() {
    return body;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
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
