package io.firn.repository.prune;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Until when the storage refuses to delete files. Asks only where the storage protects files at
/// all. Thread-safe.
record ProtectedFiles(Backend backend) {
  /// Those that are protected still, and until when.
  Map<PackId, Instant> among(Collection<PackId> packs, Instant now) {
    Optional<ObjectLock> lock = backend.objectLock();
    if (lock.isEmpty()) {
      return Map.of();
    }
    Map<PackId, Instant> found = new ConcurrentHashMap<>();
    Many.forEach(
        packs,
        pack ->
            until(lock.get(), new FileHandle(FileType.PACK, pack.toString()), now)
                .ifPresent(time -> found.put(pack, time)));
    return found;
  }

  boolean index(Digest name, Instant now) {
    FileHandle handle = new FileHandle(FileType.INDEX, name.toString());
    return backend.objectLock().flatMap(lock -> until(lock, handle, now)).isPresent();
  }

  private Optional<Instant> until(ObjectLock lock, FileHandle handle, Instant now) {
    try {
      return lock.lockedUntil(handle).filter(time -> time.isAfter(now));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not see how a file is protected in", backend, handle.toString(), e);
    }
  }
}
