package io.firn.repository.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.firn.repository.BlobId;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.ZstdFrames;

/// Opens stored blobs and believes nothing: the sizes before memory is taken, the MAC before
/// decrypting, the size after unpacking, the hash of the whole before handing it on. One per worker
/// thread.
public final class BlobDecoder {
  /// restic's own blobs have at most 8 MiB, Firn's data at most 16; the folder of a disk of many
  /// TiB can have hundreds.
  private static final long MAX_BYTES = 1L << 30;

  private final Envelope envelope;
  private final Sha256 sha = new Sha256();

  public BlobDecoder(SecretKey key) {
    envelope = new Envelope(key);
  }

  /// Refuses sizes that no blob has, or that this process has no memory for: an index entry or a
  /// header must not make us run out of it. `plainBytes` is 0 for a blob that is not compressed.
  public static void requireSane(long sealedBytes, long plainBytes) throws MalformedPackException {
    if (sealedBytes < Envelope.OVERHEAD_BYTES || sealedBytes > MAX_BYTES || plainBytes < 0) {
      throw new MalformedPackException("a blob cannot have " + sealedBytes + " bytes");
    }
    if (plainBytes > MAX_BYTES || sealedBytes + plainBytes > Runtime.getRuntime().maxMemory()) {
      throw new MalformedPackException(
          "it claims to unpack to %d bytes, more than there is memory for".formatted(plainBytes));
    }
  }

  /// The blob's content; [MalformedPackException] says what is wrong with it. `plainBytes` is 0 for
  /// a blob that is not compressed.
  public byte[] decode(BlobId id, byte[] sealed, long plainBytes) throws MalformedPackException {
    requireSane(sealed.length, plainBytes);
    try {
      byte[] opened = envelope.open(sealed);
      byte[] plain = plainBytes == 0 ? opened : unpack(opened, (int) plainBytes);
      if (!sha.digest(plain, 0, plain.length).equals(id.digest())) {
        throw new MalformedPackException("its content does not match its ID");
      }
      return plain;
    } catch (AuthenticationException | ZstdException e) {
      throw new MalformedPackException(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] unpack(byte[] frame, int plainBytes) throws MalformedPackException {
    long claimed = ZstdFrames.claimedBytes(frame);
    if (claimed > 0 && claimed != plainBytes) {
      throw new MalformedPackException("it does not unpack to its size");
    }
    byte[] plain = new byte[plainBytes];
    long size = Zstd.decompress(plain, frame);
    if (Zstd.isError(size) || size != plainBytes) {
      throw new MalformedPackException("it does not unpack to its size");
    }
    return plain;
  }
}
