package io.firn.repository.repair;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.backend.ObjectLock;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The index files as a repair sees them: one that cannot be read is no reason to stop.
record IndexFiles(Backend backend, UnpackedFiles files) {
  List<FileEntry> list() {
    try {
      return backend.list(FileType.INDEX);
    } catch (IOException e) {
      throw BackendErrors.failed("could not list indexes in", backend, "index", e);
    }
  }

  /// What an index file lists; empty where it is damaged.
  Optional<List<IndexedPack>> read(FileEntry file) {
    List<IndexedPack> packs = new ArrayList<>();
    try {
      IndexFile.decode(files.load(file), packs::add);
      return Optional.of(packs);
    } catch (IOException damaged) {
      return Optional.empty();
    } catch (RepositoryException e) {
      if (e.code() != FailureCode.CORRUPT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  static Digest name(FileEntry file) {
    return Digest.of(file.handle().name());
  }

  static FileHandle handle(Digest name) {
    return new FileHandle(FileType.INDEX, name.toString());
  }

  void delete(Digest name) {
    delete(handle(name));
  }

  /// `READ_ONLY` where the storage keeps a file for some time to come.
  void requireDeletable(FileHandle handle, ObjectLock protection, Instant now) {
    try {
      Optional<Instant> until = protection.lockedUntil(handle).filter(time -> time.isAfter(now));
      if (until.isPresent()) {
        throw new RepositoryException(
            FailureCode.READ_ONLY,
            "%s in %s says something wrong, and its storage protects it until %s. Nothing was changed; repair again after that."
                .formatted(handle, backend.location(), until.get()),
            Map.of("file", handle.toString()));
      }
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not see how a file is protected in", backend, handle.toString(), e);
    }
  }

  void delete(FileHandle handle) {
    try {
      backend.delete(handle);
    } catch (IOException e) {
      throw BackendErrors.failed(
          "could not remove " + handle + " from", backend, handle.toString(), e);
    }
  }
}
