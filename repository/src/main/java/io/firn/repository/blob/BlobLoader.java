package io.firn.repository.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.firn.repository.BackendErrors;
import io.firn.repository.BlobId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.index.BlobIndex;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.pack.BlobType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// Loads blobs and believes nothing: the MAC before decrypting, the size after unpacking, the hash
/// of the whole before handing it on. Thread-safe.
public final class BlobLoader {
  private static final long MAX_BLOB_BYTES = 1L << 30;

  private final Backend backend;
  private final SecretKey key;
  private final BlobIndex index;

  public BlobLoader(Backend backend, SecretKey key, BlobIndex index) {
    this.backend = backend;
    this.key = key;
    this.index = index;
  }

  /// Where a blob lies; `CORRUPT` where something refers to a blob that no index lists.
  public BlobLocation locate(BlobType type, BlobId id) {
    return index
        .find(type, id)
        .orElseThrow(() ->
            new RepositoryException(
                FailureCode.CORRUPT,
                "%s blob %s is in no index of %s. Run a check; 'restic repair index' finds it again if its pack is there."
                    .formatted(type.label(), id, backend.location()),
                Map.of("blob", id.toString())));
  }

  public byte[] load(BlobType type, BlobId id) {
    BlobLocation location = locate(type, id);
    requireSane(id, location);
    byte[] sealed = new byte[(int) location.lengthBytes()];
    FileHandle pack = new FileHandle(FileType.PACK, location.pack().toString());
    try {
      backend.load(pack, location.offsetBytes(), ByteBuffer.wrap(sealed));
    } catch (IOException e) {
      throw named(BackendErrors.loading(backend, pack, e), id, location);
    }
    byte[] plain = open(id, location, sealed);
    if (!Sha256.of(plain).equals(id.digest())) {
      throw damaged(id, location, "its content does not match its ID", null);
    }
    return plain;
  }

  private byte[] open(BlobId id, BlobLocation location, byte[] sealed) {
    byte[] opened;
    try {
      opened = new Envelope(key).open(sealed);
    } catch (AuthenticationException e) {
      throw damaged(id, location, String.valueOf(e.getMessage()), e);
    }
    if (!location.compressed()) {
      return opened;
    }
    byte[] plain = new byte[(int) location.plainBytes()];
    try {
      long size = Zstd.decompress(plain, opened);
      if (Zstd.isError(size) || size != plain.length) {
        throw damaged(id, location, "it does not unpack to its size", null);
      }
    } catch (ZstdException e) {
      throw damaged(id, location, "it does not unpack: " + e.getMessage(), e);
    }
    return plain;
  }

  private void requireSane(BlobId id, BlobLocation location) {
    if (location.lengthBytes() < Envelope.OVERHEAD_BYTES
        || location.lengthBytes() > MAX_BLOB_BYTES
        || location.plainBytes() > MAX_BLOB_BYTES) {
      throw damaged(id, location, "its index entry has an impossible size", null);
    }
  }

  private RepositoryException damaged(
      BlobId id,
      BlobLocation location,
      String reason,
      @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "blob %s in pack %s of %s is damaged: %s. Run a check to see what else is hurt."
            .formatted(id, location.pack(), backend.location(), reason);
    RepositoryException e =
        new RepositoryException(FailureCode.CORRUPT, message, context(id, location));
    if (cause != null) {
      e.initCause(cause);
    }
    return e;
  }

  private RepositoryException named(RepositoryException e, BlobId id, BlobLocation location) {
    return new RepositoryException(
        e.code(), "blob " + id + ": " + e.getMessage(), context(id, location), e);
  }

  private static Map<String, String> context(BlobId id, BlobLocation location) {
    return Map.of("blob", id.toString(), "pack", location.pack().toString());
  }
}
