package io.firn.repository.unpacked;

import com.github.luben.zstd.Zstd;
import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.crypto.AuthenticationException;
import io.firn.repository.crypto.Envelope;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.crypto.Sha256;
import io.firn.repository.pack.ZstdFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/// Indexes, snapshots and locks: `0x02 || zstd(JSON)` or plain JSON, in an envelope; the name is
/// the SHA-256 of what is stored (format notes 1.5). Thread-safe.
public final class UnpackedFiles {
  private static final byte COMPRESSED = 2;
  private static final int LEVEL = 3;

  /// restic keeps index files below 8 MiB; nothing else here is as large.
  private static final long MAX_STORED_BYTES = ZstdFrames.MAX_BYTES;

  private final Backend backend;
  private final SecretKey key;

  public UnpackedFiles(Backend backend, SecretKey key) {
    this.backend = backend;
    this.key = key;
  }

  /// Stores a document. Returns its name.
  public Digest save(FileType type, byte[] json) {
    byte[] frame = Zstd.compress(json, LEVEL);
    byte[] plain = new byte[frame.length + 1];
    plain[0] = COMPRESSED;
    System.arraycopy(frame, 0, plain, 1, frame.length);
    byte[] sealed = new Envelope(key).seal(plain);
    Digest name = Sha256.of(sealed);
    FileHandle handle = new FileHandle(type, name.toString());
    try {
      backend.save(handle, ByteBuffer.wrap(sealed));
    } catch (IOException e) {
      throw BackendErrors.saving(backend, handle, e);
    }
    return name;
  }

  /// As the other, for a file that was listed: one that is too large is not even read.
  public byte[] load(FileEntry file) {
    if (file.sizeBytes() > MAX_STORED_BYTES) {
      throw corrupt(
          file.handle(), "it has " + file.sizeBytes() + " bytes, which no such file has", null);
    }
    return load(file.handle().type(), Digest.of(file.handle().name()));
  }

  /// The document; `CORRUPT` where it is not what its name says or cannot be opened.
  public byte[] load(FileType type, Digest name) {
    FileHandle handle = new FileHandle(type, name.toString());
    byte[] sealed = stored(handle);
    if (!Sha256.of(sealed).equals(name)) {
      throw corrupt(handle, "its content does not match its name", null);
    }
    try {
      return document(new Envelope(key).open(sealed));
    } catch (AuthenticationException | IOException e) {
      throw corrupt(handle, String.valueOf(e.getMessage()), e);
    }
  }

  private byte[] stored(FileHandle handle) {
    try {
      return backend.load(handle);
    } catch (IOException e) {
      throw BackendErrors.loading(backend, handle, e);
    }
  }

  private static byte[] document(byte[] plain) throws IOException {
    if (plain.length == 0) {
      throw new IOException("it is empty");
    }
    return switch (plain[0]) {
      case '{', '[' -> plain;
      case COMPRESSED -> ZstdFrames.decompress(Arrays.copyOfRange(plain, 1, plain.length));
      default -> throw new IOException("its encoding " + plain[0] + " is not known");
    };
  }

  private RepositoryException corrupt(
      FileHandle handle, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "%s in %s is damaged: %s. Run a check; copy the file back from elsewhere if you can."
            .formatted(handle, backend.location(), reason);
    Map<String, String> context = Map.of("file", handle.toString());
    return cause == null
        ? new RepositoryException(FailureCode.CORRUPT, message, context)
        : new RepositoryException(FailureCode.CORRUPT, message, context, cause);
  }
}
