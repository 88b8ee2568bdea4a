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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The folder of lock files. Thread-safe.
final class LockFiles {
  private final Backend backend;
  private final UnpackedFiles files;

  LockFiles(Backend backend, UnpackedFiles files) {
    this.backend = backend;
    this.files = files;
  }

  /// All locks. `LOCKED` names one that cannot be read: it may be anybody's.
  ///
  /// One that goes while we look may have been refreshed, and the list may not show the one that
  /// took its place: so it is listed again until nothing more was found gone.
  Map<LockId, LockFile> all() {
    Map<LockId, LockFile> found = new LinkedHashMap<>();
    Set<LockId> gone = new HashSet<>();
    boolean again;
    do {
      again = false;
      Map<LockId, FileEntry> listed = entries();
      for (Map.Entry<LockId, FileEntry> entry : listed.entrySet()) {
        LockId id = entry.getKey();
        // restic leaves empty ones where its disk was full.
        if (entry.getValue().sizeBytes() > 0 && !found.containsKey(id) && !gone.contains(id)) {
          Optional<LockFile> lock = read(id, entry.getValue());
          lock.ifPresentOrElse(there -> found.put(id, there), () -> gone.add(id));
          again |= lock.isEmpty();
        }
      }
      again |= found.keySet().retainAll(listed.keySet());
    } while (again);
    return found;
  }

  /// A save that failed leaves no lock, though its answer may have got lost on the way.
  LockId save(LockFile lock) {
    try {
      return new LockId(files.save(FileType.LOCK, lock.encode()));
    } catch (RepositoryException e) {
      String folder = FileType.LOCK.folder() + "/";
      String file = e.context().getOrDefault("file", "");
      if (file.startsWith(folder)) {
        discard(new LockId(Digest.of(file.substring(folder.length()))), e);
      }
      throw e;
    }
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

  /// Removes a lock, and does so for a thread that was interrupted as well: a client of storage far
  /// away may send nothing for it, and the lock would stay.
  void delete(LockId id) {
    boolean interrupted = Thread.interrupted();
    try {
      backend.delete(handle(id));
    } catch (IOException e) {
      throw BackendErrors.failed("could not remove a lock in", backend, handle(id).toString(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Removes a lock because of a failure, which is what the caller is told of.
  void discard(LockId id, Throwable failure) {
    try {
      delete(id);
    } catch (RepositoryException stays) {
      failure.addSuppressed(stays);
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
