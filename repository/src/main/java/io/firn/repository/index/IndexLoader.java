package io.firn.repository.index;

import io.firn.repository.BackendErrors;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileEntry;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Reads all index files.
public final class IndexLoader {
  private final Backend backend;
  private final UnpackedFiles files;

  public IndexLoader(Backend backend, UnpackedFiles files) {
    this.backend = backend;
    this.files = files;
  }

  public BlobIndex load() {
    BlobIndex index = new BlobIndex();
    each(index::add);
    return index;
  }

  /// Each pack of each index file, as often as it is listed; one file in memory at a time.
  ///
  /// A file that goes meanwhile was replaced by a prune, which has written the new ones before: so
  /// it is listed again until all that is listed was read. One that is listed again, and still is
  /// not there, is damage.
  public void each(Consumer<IndexedPack> packs) {
    Set<FileHandle> read = new HashSet<>();
    Set<FileHandle> gone = new HashSet<>();
    boolean again;
    do {
      again = false;
      for (FileEntry file : list()) {
        if (!read.contains(file.handle())) {
          boolean there = loadIfPresent(file, packs, gone);
          again |= !there;
          (there ? read : gone).add(file.handle());
        }
      }
    } while (again);
  }

  /// As the other, of these files.
  void each(Collection<FileEntry> indexes, Consumer<IndexedPack> packs) {
    indexes.forEach(file -> load(file, packs));
  }

  /// The index files there are now.
  List<FileEntry> list() {
    try {
      return backend.list(FileType.INDEX);
    } catch (IOException e) {
      throw BackendErrors.failed("could not list indexes in", backend, "index", e);
    }
  }

  private boolean loadIfPresent(
      FileEntry file, Consumer<IndexedPack> packs, Set<FileHandle> goneBefore) {
    try {
      load(file, packs);
      return true;
    } catch (RepositoryException e) {
      if (e.getCause() instanceof NoSuchFileException && !goneBefore.contains(file.handle())) {
        return false;
      }
      throw e;
    }
  }

  private void load(FileEntry file, Consumer<IndexedPack> packs) {
    byte[] json = files.load(file);
    try {
      IndexFile.decode(json, packs);
    } catch (IOException e) {
      throw new RepositoryException(
          FailureCode.CORRUPT,
          "%s in %s is damaged: %s. Repair the index."
              .formatted(file.handle(), backend.location(), e.getMessage()),
          Map.of("file", file.handle().toString()),
          e);
    }
  }
}
