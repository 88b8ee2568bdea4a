package io.firn.repository.blob;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.firn.repository.BlobId;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.pack.MalformedPackException;

/// Opens stored blobs as [BlobDecoder] does, and believes as little, but into the caller's buffer,
/// with its own kept from blob to blob. For one thread.
final class BlobUnpacker implements AutoCloseable {
  private final Envelope envelope;
  private final Sha256 sha = new Sha256();
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private byte[] opened = new byte[0];

  BlobUnpacker(SecretKey key) {
    envelope = new Envelope(key);
  }

  /// Opens `length` bytes of `sealed` into `target` from `at`, where there is room for the blob;
  /// returns the blob's length. `plainBytes` is 0 for one that is not compressed.
  int unpack(
      BlobId id, byte[] sealed, int offset, int length, long plainBytes, byte[] target, int at)
      throws MalformedPackException {
    BlobDecoder.requireSane(length, plainBytes);
    if (Math.max(plainBytes, 1) > target.length - at) {
      throw new MalformedPackException("it is larger than its place");
    }
    try {
      int size =
          plainBytes == 0
              ? open(sealed, offset, length, target, at)
              : decompress(sealed, offset, length, (int) plainBytes, target, at);
      if (!sha.digest(target, at, size).equals(id.digest())) {
        throw new MalformedPackException("its content does not match its ID");
      }
      return size;
    } catch (AuthenticationException | ZstdException e) {
      throw new MalformedPackException(String.valueOf(e.getMessage()));
    }
  }

  private int open(byte[] sealed, int offset, int length, byte[] target, int at)
      throws AuthenticationException, MalformedPackException {
    if (length - Envelope.OVERHEAD_BYTES > target.length - at) {
      throw new MalformedPackException("it is larger than its place");
    }
    return envelope.open(sealed, offset, length, target, at);
  }

  /// Never more than `plainBytes` are written, whatever the frame says.
  private int decompress(
      byte[] sealed, int offset, int length, int plainBytes, byte[] target, int at)
      throws AuthenticationException, MalformedPackException {
    int frameBytes = length - Envelope.OVERHEAD_BYTES;
    if (opened.length < frameBytes) {
      opened = new byte[frameBytes];
    }
    envelope.open(sealed, offset, length, opened, 0);
    // The library looks at the first byte without asking whether there is one.
    if (frameBytes == 0
        || zstd.decompressByteArray(target, at, plainBytes, opened, 0, frameBytes) != plainBytes) {
      throw new MalformedPackException("it does not unpack to its size");
    }
    return plainBytes;
  }

  @Override
  public void close() {
    zstd.close();
  }
}
