package io.firn.repository.blob;

import io.firn.repository.BlobId;
import io.firn.repository.Compression;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.pack.BlobType;
import java.util.Optional;
import java.util.OptionalLong;

/// Stores blobs that are not there yet: looks up, encodes, hands on to the packs. Thread-safe; each
/// thread brings its own [BlobEncoder].
public final class BlobSaver implements AutoCloseable {
  private final SecretKey key;
  private final Compression compression;
  private final BlobIndex index;
  private final PackSaver packs;

  public BlobSaver(SecretKey key, Compression compression, BlobIndex index, PackSaver packs) {
    this.key = key;
    this.compression = compression;
    this.index = index;
    this.packs = packs;
  }

  public BlobEncoder newEncoder() {
    return new BlobEncoder(key, compression);
  }

  /// Stores a blob whose ID is known. Returns the bytes that it took, 0 where it was there.
  public long save(
      BlobType type, BlobId id, byte[] plain, int offset, int length, BlobEncoder encoder) {
    return save(type, id, encoder, () -> encoder.encode(type, plain, offset, length));
  }

  /// As the other, for a data blob that is compressed already.
  public long save(BlobId id, CompressedBlob blob, BlobEncoder encoder) {
    return save(BlobType.DATA, id, encoder, () -> encoder.seal(blob));
  }

  private long save(BlobType type, BlobId id, BlobEncoder encoder, Runnable encode) {
    packs.requireSound();
    try {
      if (!index.claim(type, id)) {
        return 0;
      }
      encode.run();
      packs.add(type, id, encoder.sealed(), encoder.sealedBytes(), encoder.plainBytes());
      return encoder.sealedBytes();
    } catch (RuntimeException | Error e) {
      // Claimed and never stored: nobody may refer to it, so nothing more may be written.
      packs.poison(e);
      throw e;
    }
  }

  /// Stores a blob that is compressed already.
  public void saveCompressed(BlobType type, BlobId id, byte[] compressed, long plainBytes) {
    packs.requireSound();
    try {
      if (index.claim(type, id)) {
        byte[] sealed = new Envelope(key).seal(compressed);
        packs.add(type, id, sealed, sealed.length, plainBytes);
      }
    } catch (RuntimeException | Error e) {
      packs.poison(e);
      throw e;
    }
  }

  public boolean known(BlobType type, BlobId id) {
    return index.find(type, id).isPresent();
  }

  /// The blob's own size where it is stored; empty where it is unknown or not stored yet.
  public OptionalLong sizeOf(BlobType type, BlobId id) {
    Optional<BlobLocation> found = index.find(type, id);
    return found.isPresent() ? OptionalLong.of(found.get().sizeBytes()) : OptionalLong.empty();
  }

  /// Makes all blobs durable, then findable.
  public void flush() {
    packs.flush();
  }

  public long bytesStored() {
    return packs.bytesStored();
  }

  @Override
  public void close() {
    packs.close();
  }
}
