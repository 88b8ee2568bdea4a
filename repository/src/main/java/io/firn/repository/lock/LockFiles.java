package io.firn.repository.lock;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The folder of lock files. Thread-safe.
final class LockFiles {
  private final Backend backend;
  private final UnpackedFiles files;

  LockFiles(Backend backend, UnpackedFiles files) {
    this.backend = backend;
    this.files = files;
  }

  /// All locks; one that goes while we look is not there. `LOCKED` names one that cannot be read:
  /// it may be anybody's.
  Map<LockId, LockFile> all() {
    Map<LockId, LockFile> found = new LinkedHashMap<>();
    try {
      for (FileEntry entry : backend.list(FileType.LOCK)) {
        // restic leaves empty ones where its disk was full.
        if (entry.sizeBytes() > 0) {
          LockId id = new LockId(Digest.of(entry.handle().name()));
          read(id, entry).ifPresent(lock -> found.put(id, lock));
        }
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list locks in", backend, "locks", e);
    }
    return found;
  }

  LockId save(LockFile lock) {
    return new LockId(files.save(FileType.LOCK, lock.encode()));
  }

  boolean exists(LockId id) {
    try {
      backend.size(handle(id));
      return true;
    } catch (NoSuchFileException absent) {
      return false;
    } catch (IOException e) {
      throw BackendErrors.failed("could not look at a lock in", backend, handle(id).toString(), e);
    }
  }

  void delete(LockId id) {
    try {
      backend.delete(handle(id));
    } catch (IOException e) {
      throw BackendErrors.failed("could not remove a lock in", backend, handle(id).toString(), e);
    }
  }

  /// Every lock file, readable or not.
  Map<LockId, FileEntry> entries() {
    Map<LockId, FileEntry> found = new LinkedHashMap<>();
    try {
      for (FileEntry entry : backend.list(FileType.LOCK)) {
        found.put(new LockId(Digest.of(entry.handle().name())), entry);
      }
    } catch (IOException e) {
      throw BackendErrors.failed("could not list locks in", backend, "locks", e);
    }
    return found;
  }

  String location() {
    return backend.location();
  }

  private Optional<LockFile> read(LockId id, FileEntry entry) {
    try {
      return Optional.of(LockFile.decode(files.load(entry)));
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      return goneOrUnreadable(id, e);
    } catch (IOException e) {
      return goneOrUnreadable(id, e);
    }
  }

  private Optional<LockFile> goneOrUnreadable(LockId id, Exception cause) {
    if (!exists(id)) {
      return Optional.empty();
    }
    throw new RepositoryException(
        FailureCode.LOCKED,
        "lock %s of %s cannot be read, so it may be anybody's. Remove all locks if nobody works there."
            .formatted(id, backend.location()),
        Map.of("lock", id.toString(), "location", backend.location()),
        cause);
  }

  private static FileHandle handle(LockId id) {
    return new FileHandle(FileType.LOCK, id.toString());
  }
}
