package io.firn.repository.repair;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.index.IndexFile;
import io.firn.repository.index.IndexedPack;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  void delete(Digest name) {
    delete(new FileHandle(FileType.INDEX, name.toString()));
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
